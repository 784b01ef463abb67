package io.tabot.config;

/**
 * What a voter holds, in short: enough to choose a history and to append to it.
 *
 * @param position number of its newest record; records are numbered from 1 without holes
 * @param fence the highest writer it has seen; it takes nothing from a lower one
 * @param last origin term of the newest record it keeps
 * @param kept the events that it keeps
 * @param reign who votes since its newest {@link VoterRecord.TermOpened}
 * @param isFull it can't take many more events before the oldest are settled
 * @param isRemnant something of an earlier history was found in its store: it is not new, though it may hold nothing
 */
public record VoterState(
        long position, Writer fence, Term last, Kept kept, Reign reign, boolean isFull, boolean isRemnant) {
    /** What a voter holds before its first record. */
    public static final VoterState EMPTY = new VoterState(0, Writer.NONE, Term.NONE, Kept.NOTHING, Reign.NONE, false);

    public VoterState(long position, Writer fence, Term last, Kept kept, Reign reign, boolean isFull) {
        this(position, fence, last, kept, reign, isFull, false);
    }

    /** The same, found beside what is left of an earlier history. */
    public VoterState remnant() {
        return new VoterState(position, fence, last, kept, reign, isFull, true);
    }

    /** Revision of the newest event it keeps, 0 for none. */
    public long revision() {
        return kept.revision();
    }

    /** Hash of that event, or of the beginning. */
    public String hash() {
        return kept.hash();
    }

    /**
     * No term was ever opened on it: it is new, or has lost what it held, whatever was copied to it since. It doesn't
     * know who votes.
     */
    public boolean isBlank() {
        return reign.term().equals(Term.NONE);
    }

    /** It keeps no event. */
    public boolean isWithoutEvents() {
        return kept.revision() == 0;
    }

    /** Whether this voter's history outranks the other's: by term first, then by length. A hash never decides. */
    public boolean outranks(VoterState other) {
        var byTerm = last.compareTo(other.last);
        return byTerm == 0 ? revision() > other.revision() : byTerm > 0;
    }
}
