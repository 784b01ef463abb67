package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** The configuration as it was, found by going through the history from its beginning. */
final class PastConfigs {
    /** When. */
    sealed interface Moment {
        /** After this change; 0 is before the first. */
        record Revision(long revision) implements Moment {}

        record Time(Instant instant) implements Moment {}

        record Now() implements Moment {}
    }

    /** What was found. */
    sealed interface Found {
        /** @param last the change that led to it; null before the first */
        record Past(ConfigState state, @Nullable ConfigEvent last) implements Found {}

        record Refused(Answer answer) implements Found {}
    }

    /** States of the past that are kept, so that those after them are found sooner. */
    private static final int REMEMBERED_MAX = 32;

    private final ConcurrentSkipListMap<Long, Found.Past> remembered = new ConcurrentSkipListMap<>();
    private final ConfigAccess config;
    private final AuditPages pages;
    private final ActorSystem<?> system;

    PastConfigs(ConfigAccess config, ActorSystem<?> system) {
        this.config = config;
        this.pages = new AuditPages(config);
        this.system = system;
    }

    CompletionStage<Found> at(Moment moment) {
        return config.inForce()
                .map(InForce::state)
                .map(now -> at(moment, now.revision()))
                .orElseGet(() -> refused(ErrorCode.UNAVAILABLE, "no configuration has been read yet"));
    }

    private CompletionStage<Found> at(Moment moment, long head) {
        return switch (moment) {
            case Moment.Revision(var revision)
            when revision > head ->
                refused(ErrorCode.NOT_FOUND, "there is no revision " + revision + ": the newest is " + head);
            case Moment.Revision(var revision) -> foldOn(revision);
            case Moment.Time(var instant) -> fold(head, instant);
            case Moment.Now() -> fold(head, Instant.MAX);
        };
    }

    /** From the nearest state that is remembered, if the history still leads there: a promotion may have changed it. */
    private CompletionStage<Found> foldOn(long revision) {
        var nearest = remembered.floorEntry(revision);
        if (nearest == null) {
            return fold(revision, Instant.MAX).thenApply(this::remember);
        }
        var fold = new Fold(nearest.getValue(), Instant.MAX);
        return run(fold, pages.oldestFirst(nearest.getKey(), revision)).thenCompose(found -> {
            if (fold.isOfAnotherHistory()) {
                remembered.clear();
                return fold(revision, Instant.MAX);
            }
            return CompletableFuture.completedFuture(remember(found));
        });
    }

    private Found remember(Found found) {
        if (found instanceof Found.Past past && past.last() != null) {
            remembered.put(past.state().revision(), past);
            while (remembered.size() > REMEMBERED_MAX) {
                remembered.pollFirstEntry();
            }
        }
        return found;
    }

    private CompletionStage<Found> fold(long revision, Instant until) {
        var nothing = new Found.Past(ConfigState.empty(config.environment()), null);
        return run(new Fold(nothing, until), pages.oldestFirst(revision));
    }

    private CompletionStage<Found> run(Fold fold, CompletionStage<AuditPages.Upwards> read) {
        return read.thenCompose(upwards -> switch (upwards) {
            case AuditPages.Upwards.Events(var events) ->
                events.runForeach(fold::add, system).thenApply(_ -> fold.end());
            case AuditPages.Upwards.Unavailable(var reason) -> refused(ErrorCode.UNAVAILABLE, reason);
        });
    }

    private static CompletionStage<Found> refused(ErrorCode code, String message) {
        return CompletableFuture.completedFuture(new Found.Refused(Answer.refused(code, message)));
    }

    /** Adds changes up, and remembers where the newest one in time left it: clocks may go back between changes. */
    private static final class Fold {
        private final Instant until;
        private final ConfigState begin;
        private ConfigState state;
        private Found.Past newest;
        private boolean isOfAnotherHistory;

        Fold(Found.Past begin, Instant until) {
            this.until = until;
            this.begin = begin.state();
            this.state = begin.state();
            this.newest = begin;
        }

        /** Whether the event that led to where it began is another one by now. */
        boolean isOfAnotherHistory() {
            return isOfAnotherHistory;
        }

        void add(List<ConfigEvent> events) {
            for (var event : events) {
                isOfAnotherHistory |=
                        event.revision() == begin.revision() && !event.hash().equals(begin.headHash());
                state = state.apply(event);
                if (!event.at().isAfter(until)) {
                    newest = new Found.Past(state, event);
                }
            }
        }

        Found end() {
            return newest;
        }
    }
}
