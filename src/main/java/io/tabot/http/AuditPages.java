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
