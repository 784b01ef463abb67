package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.AuditFilter;
import io.tabot.config.AuditFilter.Scope;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.http.AuditAnswers.Listing;
import io.tabot.http.DocumentChanges.Wanted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of strategies: set for every symbol, and over those for one.
 *
 * <pre>
 * GET    /api/v1/strategies/{strategy_id}/config           what applies to a symbol without parameters of its own
 * POST   /api/v1/strategies/{strategy_id}/config           set some parameters for every symbol
 * DELETE /api/v1/strategies/{strategy_id}/config           back to the defaults
 * GET    /api/v1/strategies/{strategy_id}/config/{symbol}  what applies to the symbol
 * POST   /api/v1/strategies/{strategy_id}/config/{symbol}  set some parameters for the symbol
 * DELETE /api/v1/strategies/{strategy_id}/config/{symbol}  back to those for every symbol
 * POST   /api/v1/strategies/{strategy_id}/rollback         bring back an earlier state, with ?symbol= the symbol's
 * GET    /api/v1/strategies/{strategy_id}/audit            the changes, with ?symbol= the symbol's
 * POST   /api/v1/strategies/cache/refresh                  nothing: there is no cache that could be old
 * POST   /api/v1/strategies/{strategy_id}/cache/refresh    the same
 * </pre>
 */
final class StrategyConfigRoutes {
    private static final String PATH = "/api/v1/strategies";
    private static final String STRATEGY = PATH + "/{strategy_id}";
    private static final String PARAMETERS = "parameters";

    private final Api api;
    private final ConfigReads reads;
    private final ChangeRequests requests;
    private final StrategyLayers layers;
    private final DocumentChanges changes;
    private final AuditAnswers audits;

    StrategyConfigRoutes(
            Api api, ConfigAccess config, ConfigReads reads, ChangeRequests requests, StrategyLayers layers) {
        this.api = api;
        this.reads = reads;
        this.requests = requests;
        this.layers = layers;
        this.changes = new DocumentChanges(config);
        this.audits = new AuditAnswers(config);
    }

    Route create() {
        return concat(
                api.at(STRATEGY + "/config", id -> layer(id, null)),
                api.at(STRATEGY + "/config/{symbol}", this::layer),
                api.at(STRATEGY + "/rollback", id -> post(() -> rollback(id))),
                api.at(STRATEGY + "/audit", id -> get(() -> audit(id))),
                api.at(PATH + "/cache/refresh", () -> post(() -> requests.command(refreshed()))),
                api.at(
                        STRATEGY + "/cache/refresh",
                        id -> post(() -> requests.command(layers.refusal(id).orElse(refreshed())))));
    }

    private Route layer(String id, @Nullable String symbol) {
        return concat(
                get(() -> extractRequest(request -> api.answer(show(request, id, symbol)))),
                post(() -> requests.change(request -> layers.answer(id, symbol, layer -> update(layer, request)))),
                delete(() -> requests.removal(request -> layers.answer(id, symbol, layer -> remove(layer, request)))));
    }

    private CompletionStage<Answer> show(HttpRequest request, String id, @Nullable String symbol) {
        return new QueryFields(request)
                .refusal()
                .map(StrategyConfigRoutes::now)
                .orElseGet(() -> layers.answer(id, symbol, layer -> now(read(request, layer))));
    }

    private Answer read(HttpRequest request, StrategyLayer layer) {
        var view = StrategyConfigView.of(layer, layers.strategy(layer));
        return reads.read(request, view::revision, inForce -> view.show(inForce.state(), inForce.source()));
    }

    private CompletionStage<Answer> update(StrategyLayer layer, ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, layer.key().path(), List.of(PARAMETERS));
        var parameters = fields.object(PARAMETERS);
        var wanted = new Wanted(
                request,
                change,
                expected -> new UpdateParameters(layer.strategyId(), layer.symbol(), parameters, expected),
                fields.errors());
        return changes.edit(StrategyConfigView.of(layer, layers.strategy(layer)), wanted);
    }

    private CompletionStage<Answer> remove(StrategyLayer layer, ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, layer.key() + "/delete", List.of());
        var wanted = new Wanted(
                request,
                change,
                expected -> new DeleteParameters(layer.strategyId(), layer.symbol(), expected),
                fields.errors());
        return changes.edit(StrategyConfigView.ofRemoval(layer, layers.strategy(layer)), wanted);
    }

    private Route rollback(String id) {
        return SymbolField.parameter(symbol -> requests.change(
                request -> layers.answer(
                        id,
                        symbol,
                        layer -> changes.rollback(StrategyConfigView.of(layer, layers.strategy(layer)), request)),
                SymbolField.NAME));
    }

    private Route audit(String id) {
        return SymbolField.parameter(symbol -> extractRequest(request -> api.answer(layers.answer(
                id,
                symbol,
                layer -> audits.answer(
                        new QueryFields(request, SymbolField.NAME, "limit", "cursor"), listing(layer))))));
    }

    private static Listing listing(StrategyLayer layer) {
        var scope = layer.symbol() == null ? new Scope.Tree(layer.key()) : new Scope.One(layer.key());
        return new Listing(AuditFilter.of(scope), StrategyAuditItem::of, "count");
    }

    private static Answer refreshed() {
        return Answer.ok(Map.of("message", "Nothing to refresh"))
                .with("note", "Every node holds the configuration in force itself and hears of each change at once.");
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
