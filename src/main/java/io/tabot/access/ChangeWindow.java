package io.tabot.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes that a caller made lately. In no stretch of time as long as {@link #LENGTH} are there more than the
 * limit: a bucket that drips would let almost twice as many through.
 *
 * @param taken when, in the order they came
 */
record ChangeWindow(List<Instant> taken) {
    static final Duration LENGTH = Duration.ofHours(1);
    static final ChangeWindow EMPTY = new ChangeWindow(List.of());

    /** Whether there is room for one more. */
    sealed interface Answer {
        record Taken(ChangeWindow after) implements Answer {}

        /** @param delay until there is room; above zero, and at most {@link #LENGTH} */
        record Full(Duration delay) implements Answer {}
    }

    ChangeWindow {
        taken = List.copyOf(taken);
    }

    Answer take(int limit, Instant now) {
        var kept = newerThan(now.minus(LENGTH));
        if (kept.size() < limit) {
            var after = new ArrayList<>(kept);
            after.add(now);
            return new Answer.Taken(new ChangeWindow(after));
        }
        // The limit may have been lowered since: room comes when few enough are left.
        var room = kept.get(kept.size() - limit).plus(LENGTH);
        var wait = Duration.between(now, room);
        return new Answer.Full(wait.compareTo(LENGTH) > 0 ? LENGTH : wait);
    }

    /** As if the change of that instant had not been made. */
    ChangeWindow giveBack(Instant at) {
        var after = new ArrayList<>(taken);
        after.remove(at);
        return new ChangeWindow(after);
    }

    boolean isEmpty(Instant now) {
        return newerThan(now.minus(LENGTH)).isEmpty();
    }

    private List<Instant> newerThan(Instant limit) {
        return taken.stream().filter(at -> at.isAfter(limit)).toList();
    }
}
