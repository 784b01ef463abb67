package io.tabot.config;

/**
 * What a voter holds, in short: enough to choose a history and to append to it.
 *
 * @param position number of its newest record; records are numbered from 1 without holes
 * @param fence the highest writer it has seen; it takes nothing from a lower one
 * @param last origin term of the newest record it keeps
 * @param revision of the newest event it keeps, 0 for none
 * @param hash of that event, or of the beginning
 */
public record VoterState(long position, Writer fence, Term last, long revision, String hash) {
    /** What a voter holds before its first record. */
    public static final VoterState EMPTY = new VoterState(0, Writer.NONE, Term.NONE, 0, HashChain.GENESIS);

    /** Nothing was ever written to it. */
    public boolean isEmpty() {
        return position == 0;
    }

    /** Whether this voter's history outranks the other's: by term first, then by length. A hash never decides. */
    public boolean outranks(VoterState other) {
        var byTerm = last.compareTo(other.last);
        return byTerm == 0 ? revision > other.revision : byTerm > 0;
    }
}
