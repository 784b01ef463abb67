package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.AuditFilter;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigView;
import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog;
import io.tabot.live.LiveTail;
import io.tabot.live.PastReads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The changes of an environment, to be followed: those of the past from the journal, the newest from this node. */
final class ConfigLog implements LiveLog<ConfigEvent> {
    /** With the one before it, which is read too, what the journal gives at a time. */
    private static final int PAGE = 199;

    private static final int READS_AT_ONCE = 4;

    private final ConfigAccess config;
    private final ConfigView view;
    private final PastReads<ConfigEvent> reads = new PastReads<>(READS_AT_ONCE, this::read);

    ConfigLog(ConfigAccess config, ConfigView view) {
        this.config = config;
        this.view = view;
    }

    @Override
    public LiveTail<ConfigEvent> tail() {
        return view.changes();
    }

    @Override
    public CompletionStage<LiveTail<ConfigEvent>> opened() {
        return view.current()
                .map(_ -> CompletableFuture.completedStage(tail()))
                .orElseGet(() -> CompletableFuture.failedStage(
                        new IllegalStateException("no configuration has reached this node")));
    }

    @Override
    public Map<String, Object> description() {
        var isStale = view.current().filter(ConfigView.InForce::isStale).isPresent();
        return Map.of("source", "journal", "scope", "environment", "stale", isStale);
    }

    @Override
    public CompletionStage<Past<ConfigEvent>> past(long after) {
        return reads.after(after);
    }

    private CompletionStage<Past<ConfigEvent>> read(long after) {
        var end = Math.min(after + PAGE, tail().floor()) + 1;
        return config.audit(new Audit.Query(AuditFilter.ANY, end, (int) (end - after - 1)))
                .thenApply(reply -> switch (reply) {
                    case Audit.Page(var events, var _) -> past(after, events.reversed());
                    case Audit.Unavailable(var reason) -> throw new IllegalStateException(reason);
                });
    }

    /** Revisions have no gaps: anything else is another history, or a piece of one. */
    private static Past<ConfigEvent> past(long after, List<ConfigEvent> events) {
        if (events.isEmpty() || events.getFirst().revision() != after + 1) {
            throw new IllegalStateException("the journal does not have the changes after " + after + " now");
        }
        var entries = events.stream()
                .map(event -> new LiveEntry<>(event.revision(), event))
                .toList();
        return new Past<>(entries, events.getLast().revision(), null);
    }
}
