package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
            case Moment.Revision(var revision) -> fold(revision, Instant.MAX);
            case Moment.Time(var instant) -> fold(head, instant);
            case Moment.Now() -> fold(head, Instant.MAX);
        };
    }

    private CompletionStage<Found> fold(long revision, Instant until) {
        var fold = new Fold(config.environment(), until);
        return pages.oldestFirst(revision).thenCompose(upwards -> switch (upwards) {
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
        private ConfigState state;
        private Found.Past newest;

        Fold(String environment, Instant until) {
            this.until = until;
            this.state = ConfigState.empty(environment);
            this.newest = new Found.Past(state, null);
        }

        void add(List<ConfigEvent> events) {
            for (var event : events) {
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
