package io.tabot.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigView;
import io.tabot.ops.Health;
import io.tabot.ops.LogLevels;
import io.tabot.ops.Metrics;
import io.tabot.signal.RecentSignals;
import io.tabot.signal.SignalArchive;
import io.tabot.strategy.StrategyCatalog;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** The running HTTP server of this process. Stops with the actor system, drained. */
public final class HttpApi {
    /** Shorter than the phase of the coordinated shutdown that waits for it. */
    private static final Duration DRAIN_MAX = Duration.ofMillis(1_500);

    /** Beyond the time that the configuration may take, so that its silence is reported as what it is. */
    private static final Duration REQUEST_MARGIN = Duration.ofSeconds(5);

    private static final DispatcherSelector PROBES = DispatcherSelector.fromConfig("ta-bot.probe-dispatcher");

    /** What the routes are served from. */
    public record Parts(
            String environment,
            ConfigView view,
            RecipientRef<ConfigEntity.Command> entity,
            StrategyCatalog catalog,
            Backtests backtests,
            RecentSignals signals,
            Optional<SignalArchive> archive,
            Health health,
            Metrics metrics,
            LogLevels logLevels,
            Clock clock) {
        MeterRegistry meters() {
            return metrics.registry();
        }
    }

    private final ServerBinding binding;
    private final Routes routes;

    private HttpApi(ServerBinding binding, Routes routes) {
        this.binding = binding;
        this.routes = routes;
    }

    /** Binds the address; fails when it is taken. */
    public static CompletionStage<HttpApi> start(ActorSystem<?> system, ApiSettings settings, Parts parts) {
        var answers = new Answers(parts.environment(), parts.view(), parts.clock());
        ParsingErrors.answerThrough(answers);
        var routes = Routes.create(
                system, settings, parts, answers, system.dispatchers().lookup(PROBES));
        var server = Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .withSettings(serverSettings(system, settings));
        return settings.tls()
                .map(identity -> server.enableHttps(ConnectionContext.httpsServer(identity)))
                .orElse(server)
                .bind(new HttpMeters(parts.meters()).measured(routes.function(system)))
                .thenApply(binding -> new HttpApi(binding.addToCoordinatedShutdown(DRAIN_MAX, system), routes));
    }

    /** Where it listens, with the port that the system chose if none was set. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** Every path, variables in braces. */
    Set<String> templates() {
        return routes.templates();
    }

    private static ServerSettings serverSettings(ActorSystem<?> system, ApiSettings settings) {
        var defaults = ServerSettings.create(system.settings().config());
        var timeouts = defaults.getTimeouts()
                .withRequestTimeout(scala.jdk.javaapi.DurationConverters.toScala(
                        settings.answerTimeout().plus(REQUEST_MARGIN)));
        return defaults.withServerHeader(Optional.empty())
                .withTransparentHeadRequests(true)
                .withTimeouts(timeouts)
                .withParsingErrorHandler(ParsingErrors.class.getName());
    }
}
