package io.tabot.journal;

import io.tabot.config.VoterState;
import java.util.ArrayList;
import java.util.List;

/**
 * Hash and position of each event kept, by revision from 1. Immutable to its users. All that grew from one beginning
 * share one list and see only their own length of it, so that a history of n events costs n entries and not n lists.
 */
final class KeptEvents {
    private record Kept(String hash, long position) {}

    private final List<Kept> shared;
    private final int length;

    private KeptEvents(List<Kept> shared, int length) {
        this.shared = shared;
        this.length = length;
    }

    static KeptEvents none() {
        return new KeptEvents(new ArrayList<>(), 0);
    }

    long revision() {
        return length;
    }

    /** The hash of the event of this revision, or of the beginning for 0. */
    String hash(long revision) {
        return revision == 0 ? VoterState.EMPTY.hash() : at(revision).hash();
    }

    long position(long revision) {
        return at(revision).position();
    }

    KeptEvents upTo(long revision) {
        return revision == length ? this : new KeptEvents(shared, Math.toIntExact(revision));
    }

    KeptEvents with(String hash, long position) {
        // Somebody else has written on behind our end: leave that to him and go on in a copy.
        var list = shared.size() == length ? shared : new ArrayList<>(shared.subList(0, length));
        list.add(new Kept(hash, position));
        return new KeptEvents(list, length + 1);
    }

    private Kept at(long revision) {
        if (revision < 1 || revision > length) {
            throw new IllegalArgumentException("revision " + revision + " is not among " + length);
        }
        return shared.get(Math.toIntExact(revision - 1));
    }
}
