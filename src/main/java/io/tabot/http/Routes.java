package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.withRequestTimeoutResponse;

import io.tabot.live.OpenStreams;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;

/** Every route of the service, closed by answers to what is no route. */
final class Routes {
    /** The parameter that each route of the API takes: the environment that it is about. */
    static final String ENVIRONMENT = "environment";

    private static final DispatcherSelector BACKTESTS = DispatcherSelector.fromConfig("ta-bot.backtest-dispatcher");

    private final Route route;
    private final Set<String> templates;

    private Routes(Route route, Set<String> templates) {
        this.route = route;
        this.templates = templates;
    }

    static Routes create(
            ActorSystem<?> system,
            ApiSettings settings,
            HttpApi.Parts parts,
            Answers answers,
            OpenStreams open,
            Executor probes) {
        var bodies = new Bodies(system, settings.bodyBytesMax(), settings.bodyTimeout());
        var gate = new Gate(answers, bodies, settings.access(), parts.environment());
        var api = new Api(answers, gate, new LegacyStatus(settings.legacyStatus()));
        var config = new ConfigAccess(system, parts, settings.answerTimeout());
        var reads = new ConfigReads(config, parts.meters().config().clock());
        var guard = new ChangeGuard(settings.insecure(), settings.access().isPresent());
        var requests = new ChangeRequests(api, guard, bodies, new ChangePermits(settings.access()), parts.tracer());
        var streams =
                new Streams(settings.streams(), open, guard, parts.environment(), Materializer.matFromSystem(system));
        var past = new PastConfigs(config, system);
        var lookup = new SignalLookup(parts);
        var resources = concat(
                streams(api, streams, new ConfigLog(config, parts.view()), parts),
                new ConfigRoutes(api, reads, past, lookup).create(),
                new EnvironmentChanges(api, config, requests).create(),
                new ApplicationConfigRoutes(api, config, reads, requests).create(),
                strategies(api, config, reads, requests, parts),
                history(api, config, system),
                new JournalRoutes(api, config, requests).create(),
                new ClusterRoutes(api, config).create(),
                new LogLevelRoutes(api, requests, parts.logLevels()).create(),
                new BacktestRoutes(api, requests, parts, backtestRuns(system, parts)).create(),
                pastSignals(api, parts, lookup, past));
        var health = new HealthRoutes(api, parts.health(), probes).create();
        var endpoint = AgentCalls.endpoint(system, api.seal(concat(health, resources)), parts);
        var agents = new McpRoutes(api, answers, guard, bodies, endpoint).create();
        var route = concat(
                health,
                aboutItself(api, parts),
                inEnvironment(api, parts.environment(), () -> concat(agents, resources)));
        return new Routes(sealed(api, answers, route), api.templates());
    }

    private static Route sealed(Api api, Answers answers, Route route) {
        var timeout = Answer.refused(ErrorCode.UNAVAILABLE, "no answer in time; try again");
        return withRequestTimeoutResponse(_ -> answers.render(timeout), () -> api.seal(route));
    }

    /** Every path, variables in braces. */
    Set<String> templates() {
        return templates;
    }

    Function<HttpRequest, CompletionStage<HttpResponse>> function(ActorSystem<?> system) {
        return route.function(system);
    }

    private static Route aboutItself(Api api, HttpApi.Parts parts) {
        return concat(new MetricsRoutes(api, parts.metrics()).create(), new DocsRoutes(api).create());
    }

    private static Route strategies(
            Api api, ConfigAccess config, ConfigReads reads, ChangeRequests requests, HttpApi.Parts parts) {
        var layers = new StrategyLayers(parts.catalog(), parts.view());
        return concat(
                new StrategyRoutes(api, parts.catalog(), parts.view()).create(),
                new StrategyConfigRoutes(api, config, reads, requests, layers).create(),
                new LifecycleRoutes(api, config, requests, layers).create(),
                new ValidateRoutes(api, config, requests, layers).create(),
                new EffectiveRoutes(api, reads, layers).create());
    }

    private static Route history(Api api, ConfigAccess config, ActorSystem<?> system) {
        return concat(
                new AuditRoutes(api, config).create(),
                new PromotionAuditRoutes(api, config).create(),
                new ChainRoutes(api, config, system).create());
    }

    /** Behind every other path below signals: the variable of the last one would match them. */
    private static Route pastSignals(Api api, HttpApi.Parts parts, SignalLookup lookup, PastConfigs past) {
        return concat(
                new SignalRoutes(api, parts).create(),
                new SignalStatsRoutes(api, parts).create(),
                new SignalExplanationRoutes(api, parts, lookup, past).create());
    }

    /** Before the routes whose variables could be taken for their names. */
    private static Route streams(Api api, Streams streams, ConfigLog changes, HttpApi.Parts parts) {
        return concat(
                new ConfigStreamRoutes(api, streams, changes, parts.environment()).create(),
                new SignalStreamRoutes(api, streams, parts).create());
    }

    private static BacktestRuns backtestRuns(ActorSystem<?> system, HttpApi.Parts parts) {
        return new BacktestRuns(parts.backtests().limits(), system.dispatchers().lookup(BACKTESTS));
    }

    private static Route inEnvironment(Api api, String own, Supplier<Route> inner) {
        return parameterOptional(
                ENVIRONMENT,
                wanted -> wanted.filter(name -> !name.equals(own)).isEmpty()
                        ? inner.get()
                        : api.answer(Answer.refused(Problem.of(
                                ErrorCode.UNKNOWN_ENVIRONMENT,
                                "this process does not serve that environment",
                                "it serves " + own))));
    }
}
