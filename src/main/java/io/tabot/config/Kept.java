package io.tabot.config;

import org.jspecify.annotations.Nullable;

/**
 * What a history is, without its events: the hash, the origin term and the place of each revision. Immutable, and two
 * that grew from one share what they have in common, so any thread may hold one. A witness has forgotten what lies
 * below its {@link #floor}.
 */
public final class Kept {
    /** Before the first event. */
    public static final Kept NOTHING = from(0, HashChain.GENESIS, Term.NONE);

    /** No revision is shared, not even the beginning. */
    public static final long NONE = -1;

    private final long revision;
    private final String hash;
    private final Term origin;
    private final long position;
    private final long floor;
    private final @Nullable Kept before;
    // An older one, so chosen that any revision is reached in a number of hops that grows with the logarithm only.
    private final @Nullable Kept farBefore;

    private Kept(long revision, String hash, Term origin, long position, long floor, @Nullable Kept before) {
        this.revision = revision;
        this.hash = hash;
        this.origin = origin;
        this.position = position;
        this.floor = floor;
        this.before = before;
        this.farBefore = before == null ? null : before.jumpTarget();
    }

    /** A history of which only this end is known. */
    public static Kept from(long revision, String hash, Term origin) {
        return new Kept(revision, hash, origin, 0, revision, null);
    }

    /** This history with one more event, which lies at this position of a journal (0 where that means nothing). */
    public Kept with(String eventHash, Term eventOrigin, long eventPosition) {
        return new Kept(revision + 1, eventHash, eventOrigin, eventPosition, floor, this);
    }

    /** The newest revision. */
    public long revision() {
        return revision;
    }

    public String hash() {
        return hash;
    }

    /** The term in which the newest event was decided. */
    public Term origin() {
        return origin;
    }

    /** Where the newest event lies. */
    public long position() {
        return position;
    }

    /** Of this revision and all older ones nothing is known but the hash of this one. */
    public long floor() {
        return floor;
    }

    /** This history as it was at that revision, which must not lie below the floor. */
    public Kept upTo(long older) {
        if (older > revision || older < floor) {
            throw new IllegalArgumentException("revision " + older + " is not in " + floor + " to " + revision);
        }
        var kept = this;
        while (kept.revision > older) {
            var far = kept.farBefore;
            kept = far != null && far.revision >= older ? far : kept.predecessor();
        }
        return kept;
    }

    /** Whether that revision is known here, with that hash. */
    public boolean holds(long older, String itsHash) {
        return older >= floor && older <= revision && upTo(older).hash.equals(itsHash);
    }

    /**
     * The newest revision up to which both are the same history, or {@link #NONE}. Compares hashes: each covers all
     * that came before.
     */
    public long sharedWith(Kept other) {
        var low = Math.max(floor, other.floor);
        var high = Math.min(revision, other.revision);
        if (low > high || !isSameAt(low, other)) {
            return NONE;
        }
        while (low < high) {
            var middle = low + (high - low + 1) / 2;
            if (isSameAt(middle, other)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean isSameAt(long older, Kept other) {
        return upTo(older).hash.equals(other.upTo(older).hash);
    }

    private Kept predecessor() {
        if (before == null) {
            throw new IllegalStateException("nothing is known below revision " + floor);
        }
        return before;
    }

    // Two jumps of equal length are followed by one that covers both: the skew binary numbers.
    private Kept jumpTarget() {
        var near = farBefore;
        if (near == null || near.farBefore == null) {
            return near == null ? this : jumpOver(near, near);
        }
        return jumpOver(near, near.farBefore);
    }

    private Kept jumpOver(Kept near, Kept far) {
        return revision - near.revision == near.revision - far.revision ? far : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Kept kept && revision == kept.revision && floor == kept.floor && hash.equals(kept.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "revision " + revision + (floor == 0 ? "" : " from " + floor);
    }
}
