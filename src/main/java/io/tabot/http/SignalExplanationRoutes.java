package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.http.PastConfigs.Found;
import io.tabot.http.PastConfigs.Moment;
import io.tabot.signal.SignalReplay;
import io.tabot.strategy.StrategyCatalog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Why a signal said what it said.
 *
 * <pre>
 * GET /api/v1/signals/{intent_id}  the signal, the configuration behind it, and what is decided on its candles today
 * </pre>
 */
final class SignalExplanationRoutes {
    private final Api api;
    private final StrategyCatalog catalog;
    private final SignalLookup lookup;
    private final PastConfigs configs;
    private final SignalReplay replay;

    SignalExplanationRoutes(Api api, HttpApi.Parts parts, SignalLookup lookup, PastConfigs configs) {
        this.api = api;
        this.catalog = parts.catalog();
        this.lookup = lookup;
        this.configs = configs;
        this.replay = new SignalReplay(parts.environment(), parts.past().candles());
    }

    Route create() {
        // The history may be long, and candles come from elsewhere; each of those has its own limit.
        return api.at(
                "/api/v1/signals/{intent_id}",
                id -> get(() ->
                        withoutRequestTimeout(() -> extractRequest(request -> api.answer(explain(request, id))))));
    }

    private CompletionStage<Answer> explain(HttpRequest request, String intentId) {
        return new QueryFields(request)
                .refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> lookup.find(intentId).thenCompose(found -> switch (found) {
                    case SignalLookup.Result.Refused(var answer) -> CompletableFuture.completedFuture(answer);
                    case SignalLookup.Result.Signal signal -> explain(signal);
                }));
    }

    private CompletionStage<Answer> explain(SignalLookup.Result.Signal found) {
        var revision = found.signal().values().configRevision();
        return revision == null
                ? now(found, SignalExplanation.without(found, "configuration_gone"))
                : configs.at(new Moment.Revision(revision)).thenCompose(then -> switch (then) {
                    case Found.Past past -> explain(found, past);
                    case Found.Refused(var answer)
                    when answer.problem() != null && answer.problem().code() == ErrorCode.NOT_FOUND ->
                        now(found, SignalExplanation.without(found, "configuration_gone"));
                    case Found.Refused(var answer) -> CompletableFuture.completedFuture(answer);
                });
    }

    private CompletionStage<Answer> explain(SignalLookup.Result.Signal found, Found.Past past) {
        var signal = found.signal();
        var strategy = catalog.find(signal.strategyId());
        if (strategy.isEmpty()) {
            return now(found, SignalExplanation.without(found, "strategy_gone"));
        }
        var explanation = SignalExplanation.of(found, past, strategy.get());
        var config = past.state().effective(catalog, signal.symbol());
        return replay.replay(signal, explanation.window(), strategy.get().definition(), config)
                .thenCompose(result -> now(found, explanation.with(result)));
    }

    private static CompletionStage<Answer> now(SignalLookup.Result.Signal found, SignalExplanation explanation) {
        return CompletableFuture.completedFuture(Answer.ok(explanation.view()).with("source", found.source()));
    }
}
