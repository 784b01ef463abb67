package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.config.ChainCheck;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import io.tabot.config.FieldError;
import io.tabot.config.HashChain;
import io.tabot.config.NotedHeads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The chain that makes a rewritten history show.
 *
 * <pre>
 * GET /api/v1/audit/verify  whether every link holds and has the hash that was noted, and the hash of the newest change
 * GET /api/v1/audit/export  the history as it is stored, a change a line, to be verified elsewhere
 * </pre>
 */
final class ChainRoutes {
    private record Verdict(boolean sound, long revision, String headHash, HashChain.@Nullable Break broken) {}

    private static final ContentType JSON_LINES = MediaTypes.customWithFixedCharset(
                    "application", "x-ndjson", HttpCharsets.UTF_8, new HashMap<>(), false)
            .toContentType();

    private static final String EXPECT = "expect";

    private final Api api;
    private final ConfigAccess config;
    private final AuditPages pages;
    private final ActorSystem<?> system;

    ChainRoutes(Api api, ConfigAccess config, ActorSystem<?> system) {
        this.api = api;
        this.config = config;
        this.pages = new AuditPages(config);
        this.system = system;
    }

    Route create() {
        // A long history takes long; what reads it has its own limit for every page.
        return concat(
                api.at(
                        "/api/v1/audit/verify",
                        () -> get(() ->
                                extractRequest(request -> withoutRequestTimeout(() -> api.answer(verify(request)))))),
                api.at(
                        "/api/v1/audit/export",
                        () -> get(() -> extractRequest(
                                request -> withoutRequestTimeout(() -> api.download(export(request)))))));
    }

    private CompletionStage<Answer> verify(HttpRequest request) {
        var query = new QueryFields(request, EXPECT);
        var expected = expected(query);
        return query.refusal()
                .map(ChainRoutes::now)
                .orElseGet(
                        () -> state().map(inForce -> verify(inForce, expected)).orElseGet(() -> now(unread())));
    }

    private static Map<Long, String> expected(QueryFields query) {
        var texts = query.text(EXPECT).map(text -> List.of(text.split(","))).orElse(List.of());
        var expected = NotedHeads.parse(texts);
        if (expected.isEmpty()) {
            query.refuse(new FieldError(
                    EXPECT, FieldError.Code.INVALID_FORMAT, EXPECT + " must be " + NotedHeads.FORM, null, null));
        }
        return expected.orElse(Map.of());
    }

    private CompletionStage<Answer> verify(ConfigState inForce, Map<Long, String> expected) {
        return pages.oldestFirst(inForce.revision()).thenCompose(upwards -> switch (upwards) {
            case AuditPages.Upwards.Events(var events) -> {
                var check = new ChainCheck(expected);
                yield events.runForeach(page -> page.forEach(check::add), system)
                        .thenApply(_ -> Answer.ok(verdict(check, inForce)));
            }
            case AuditPages.Upwards.Unavailable(var reason) -> now(Answer.refused(ErrorCode.UNAVAILABLE, reason));
        });
    }

    /** A chain can be sound and yet another one than that which is in force. */
    private static Verdict verdict(ChainCheck check, ConfigState inForce) {
        var broken = check.brokenAtEnd().orElse(null);
        if (broken == null && !check.headHash().equals(inForce.headHash())) {
            broken = new HashChain.Break(
                    inForce.revision(),
                    "the history ends in " + check.headHash() + ", but in force is " + inForce.headHash());
        }
        return new Verdict(broken == null, check.revision(), check.headHash(), broken);
    }

    private CompletionStage<Download> export(HttpRequest request) {
        return new QueryFields(request)
                .refusal()
                .map(answer -> CompletableFuture.<Download>completedStage(new Download.Refused(answer)))
                .orElseGet(() -> state().map(this::export)
                        .orElseGet(() -> CompletableFuture.completedStage(new Download.Refused(unread()))));
    }

    private CompletionStage<Download> export(ConfigState inForce) {
        return pages.oldestFirst(inForce.revision()).thenApply(upwards -> switch (upwards) {
            case AuditPages.Upwards.Events(var events) ->
                new Download.Lines(
                        "audit-" + config.environment() + ".jsonl",
                        JSON_LINES,
                        events.mapConcat(page -> page).map(ConfigEventJson::write));
            case AuditPages.Upwards.Unavailable(var reason) ->
                new Download.Refused(Answer.refused(ErrorCode.UNAVAILABLE, reason));
        });
    }

    private Optional<ConfigState> state() {
        return config.inForce().map(InForce::state);
    }

    private static Answer unread() {
        return Answer.refused(ErrorCode.UNAVAILABLE, "no configuration has been read yet");
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
