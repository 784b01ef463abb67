package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Document;
import io.tabot.config.PromotionAudit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The promotions of voters, and the changes that they gave up. They are no part of the chain, and so no rows of the
 * audit of changes.
 *
 * <pre>
 * GET /api/v1/audit/promotions             each promotion, newest first, with what it gave up
 * GET /api/v1/audit/promotions?format=csv  the same as one file
 * </pre>
 */
final class PromotionAuditRoutes {
    private static final String FORMAT = "format";
    private static final List<String> FORMATS = List.of("json", "csv");

    private record Found(List<Item> promotions, List<String> unread) {}

    private record Item(
            long generation,
            @Nullable String id,
            @Nullable List<String> voters,
            @Nullable String changedBy,
            @Nullable String reason,
            @Nullable Instant changedAt,
            @Nullable Long baseRevision,
            List<GivenUp> givenUp) {
        static Item of(PromotionAudit.Item item) {
            var promotion = item.promotion();
            return new Item(
                    item.generation(),
                    promotion == null ? null : promotion.id(),
                    promotion == null ? null : promotion.voters(),
                    promotion == null ? null : promotion.by(),
                    promotion == null ? null : promotion.reason(),
                    promotion == null ? null : promotion.at(),
                    item.baseRevision(),
                    item.givenUp().stream().map(GivenUp::of).toList());
        }
    }

    private record GivenUp(String journal, long count, List<LostChange> changes) {
        static GivenUp of(PromotionAudit.GivenUp givenUp) {
            var changes = givenUp.events().stream()
                    .flatMap(event -> event.changes().stream().map(change -> LostChange.of(event, change)))
                    .toList();
            return new GivenUp(givenUp.journal(), givenUp.count(), changes);
        }
    }

    private record LostChange(
            long revision,
            String document,
            String action,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after,
            String changedBy,
            @Nullable String actor,
            Instant changedAt,
            @Nullable String reason,
            String through) {
        static LostChange of(ConfigEvent event, ConfigEvent.Change change) {
            return new LostChange(
                    event.revision(),
                    change.document().path(),
                    event.actionOf(change).name(),
                    fields(change.before()),
                    fields(change.after()),
                    event.changedBy(),
                    event.actor(),
                    event.at(),
                    event.reason(),
                    event.through().id());
        }

        private static @Nullable Map<String, @Nullable Object> fields(@Nullable Document document) {
            return document == null ? null : document.fields();
        }
    }

    private final Api api;
    private final ConfigAccess config;

    PromotionAuditRoutes(Api api, ConfigAccess config) {
        this.api = api;
        this.config = config;
    }

    Route create() {
        return api.at("/api/v1/audit/promotions", () -> get(() -> extractRequest(this::promotions)));
    }

    private Route promotions(HttpRequest request) {
        var query = new QueryFields(request, FORMAT);
        var format = query.oneOf(FORMAT, name -> Optional.of(name).filter(FORMATS::contains), FORMATS);
        return "csv".equals(format) ? api.download(file(query)) : api.answer(list(query));
    }

    private CompletionStage<Answer> list(QueryFields query) {
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> config.promotions().thenApply(reply -> switch (reply) {
                    case PromotionAudit.Found(var promotions, var unread) ->
                        Answer.ok(new Found(promotions.stream().map(Item::of).toList(), unread));
                    case PromotionAudit.Unavailable(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
                }));
    }

    private CompletionStage<Download> file(QueryFields query) {
        return query.refusal()
                .<CompletionStage<Download>>map(
                        answer -> CompletableFuture.completedFuture(new Download.Refused(answer)))
                .orElseGet(() -> config.promotions().thenApply(this::file));
    }

    private Download file(PromotionAudit.Reply reply) {
        return switch (reply) {
            case PromotionAudit.Found(var promotions, var _) ->
                new Download.Lines(
                        "promotions-" + config.environment() + ".csv",
                        ContentTypes.TEXT_CSV_UTF8,
                        Source.from(PromotionCsv.lines(promotions)));
            case PromotionAudit.Unavailable(var reason) ->
                new Download.Refused(Answer.refused(ErrorCode.UNAVAILABLE, reason));
        };
    }
}
