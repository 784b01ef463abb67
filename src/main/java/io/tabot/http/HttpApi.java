package io.tabot.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigView;
import io.tabot.live.LiveLog;
import io.tabot.live.OpenStreams;
import io.tabot.ops.Health;
import io.tabot.ops.LogLevels;
import io.tabot.ops.Metrics;
import io.tabot.signal.LiveSignal;
import io.tabot.signal.PastSignals;
import io.tabot.signal.RecentSignals;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.trace.Tracer;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
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

    /** As often as the file of tokens is looked at. */
    private static final Duration STREAM_CHECK = Duration.ofSeconds(2);

    /** What a stream wrote last still has to leave through its connection, which is cut soon after. */
    private static final Duration FLUSH = Duration.ofMillis(100);

    private static final DispatcherSelector PROBES = DispatcherSelector.fromConfig("ta-bot.probe-dispatcher");

    /** What the routes are served from. */
    public record Parts(
            String environment,
            ConfigView view,
            RecipientRef<ConfigEntity.Command> entity,
            StrategyCatalog catalog,
            Backtests backtests,
            RecentSignals signals,
            PastSignals past,
            LiveLog<LiveSignal> liveSignals,
            Health health,
            Metrics metrics,
            LogLevels logLevels,
            Clock clock,
            Tracer tracer) {
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
        var streams = streams(system, settings, parts);
        var routes = Routes.create(
                system, settings, parts, answers, streams, system.dispatchers().lookup(PROBES));
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

    /** They end before the port is given up: what waits for them would wait for ever. */
    private static OpenStreams streams(ActorSystem<?> system, ApiSettings settings, Parts parts) {
        var streams =
                new OpenStreams(settings.streams().max(), List.of(Streams.CONFIG, Streams.SIGNALS), parts.meters());
        system.scheduler()
                .scheduleWithFixedDelay(STREAM_CHECK, STREAM_CHECK, streams::check, system.executionContext());
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "end-streams",
                        () -> streams.close()
                                .thenApplyAsync(
                                        _ -> Done.getInstance(),
                                        CompletableFuture.delayedExecutor(FLUSH.toMillis(), TimeUnit.MILLISECONDS)));
        return streams;
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
