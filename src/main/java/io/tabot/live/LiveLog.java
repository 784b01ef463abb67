package io.tabot.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A numbered log that can be followed: its newest part is in memory, shared by all readers, and what is older can be
 * read where it is kept.
 */
public interface LiveLog<T> {
    /** Entries that readers lack and that can't be had: those after one number and up to another. */
    record Gap(long after, long upTo, String reason) {}

    /**
     * A piece of the past, oldest first.
     *
     * @param upTo everything up to here is in it, or in the gap before it; greater than what was asked for
     * @param gap what is missing before the first entry; null if nothing is
     */
    record Past<T>(
            List<LiveEntry<T>> entries, long upTo, @Nullable Gap gap) {
        public Past {
            entries = List.copyOf(entries);
        }
    }

    /** The part that is in memory. */
    LiveTail<T> tail();

    /** Completes once the tail says where the log ends; fails when that can't be found out. */
    CompletionStage<LiveTail<T>> opened();

    /** The next entries after this number, a bounded piece of them. Fails when they can't be read now. */
    CompletionStage<Past<T>> past(long after);

    /** What a reader is told about where the entries come from. */
    Map<String, Object> description();

    /** What a reader names an entry by. */
    default String id(long number) {
        return Long.toString(number);
    }

    /** The number behind such a name; nothing if it is none. */
    default Optional<Long> number(String id) {
        return id.matches("\\d{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }
}
