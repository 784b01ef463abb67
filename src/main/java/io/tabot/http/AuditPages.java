package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.AuditFilter;
import io.tabot.config.ConfigEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The history read to its end, page by page as the reader takes it. */
final class AuditPages {
    private static final int PAGE = 1_000;

    /** What came of beginning to read upwards. */
    sealed interface Upwards {
        record Events(Source<List<ConfigEvent>, NotUsed> pages) implements Upwards {}

        record Unavailable(String reason) implements Upwards {}
    }

    /** A journal that stopped answering half-way. */
    static final class InterruptedHistory extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        InterruptedHistory(String reason) {
            super(reason);
        }
    }

    /** No event is below it. */
    private static final long END = 1;

    private final ConfigAccess config;

    AuditPages(ConfigAccess config) {
        this.config = config;
    }

    /** What matches, newest first; refused when even the first page can't be read. */
    CompletionStage<Download> newestFirst(
            AuditFilter filter, Function<Source<List<ConfigEvent>, NotUsed>, Download> write) {
        return config.audit(new Audit.Query(filter, null, PAGE)).thenApply(reply -> switch (reply) {
            case Audit.Page page -> write.apply(from(filter, page));
            case Audit.Unavailable(var reason) -> new Download.Refused(Answer.refused(ErrorCode.UNAVAILABLE, reason));
        });
    }

    /** Everything up to this revision, which exists, in the order in which it happened. */
    CompletionStage<Upwards> oldestFirst(long head) {
        return head == 0 ? CompletableFuture.completedFuture(new Upwards.Events(Source.empty())) : oldestFirst(1, head);
    }

    /** The same from a revision on, from 1. */
    CompletionStage<Upwards> oldestFirst(long from, long head) {
        return page(from, head).thenApply(reply -> switch (reply) {
            case Audit.Page(var events, var _) ->
                new Upwards.Events(Source.single(events.reversed()).concat(after(from + PAGE - 1, head)));
            case Audit.Unavailable(var reason) -> new Upwards.Unavailable(reason);
        });
    }

    private Source<List<ConfigEvent>, NotUsed> after(long revision, long head) {
        return Source.unfoldAsync(
                revision + 1,
                from -> from > head
                        ? CompletableFuture.completedStage(Optional.empty())
                        : page(from, head).thenApply(reply -> switch (reply) {
                            case Audit.Page(var events, var _) ->
                                Optional.of(Pair.create(from + PAGE, events.reversed()));
                            case Audit.Unavailable(var reason) -> throw new InterruptedHistory(reason);
                        }));
    }

    /** Revisions have no gaps, so a page of all changes can begin at any. */
    private CompletionStage<Audit.Reply> page(long from, long head) {
        var end = Math.min(from + PAGE, head + 1);
        return config.audit(new Audit.Query(AuditFilter.ANY, end, (int) (end - from)));
    }

    private Source<List<ConfigEvent>, NotUsed> from(AuditFilter filter, Audit.Page first) {
        var rest = Source.unfoldAsync(
                before(first.next()),
                before -> before == END
                        ? CompletableFuture.completedStage(Optional.empty())
                        : config.audit(new Audit.Query(filter, before, PAGE)).thenApply(AuditPages::page));
        return Source.single(first.events()).concat(rest);
    }

    private static long before(@Nullable Long next) {
        return next == null ? END : next;
    }

    private static Optional<Pair<Long, List<ConfigEvent>>> page(Audit.Reply reply) {
        return switch (reply) {
            case Audit.Page(var events, var next) -> Optional.of(Pair.create(before(next), events));
            case Audit.Unavailable(var reason) -> throw new InterruptedHistory(reason);
        };
    }
}
