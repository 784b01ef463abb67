package io.tabot.http;

import ch.qos.logback.classic.LoggerContext;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEntitySettings;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigMeters;
import io.tabot.config.ConfigNotices;
import io.tabot.config.ConfigView;
import io.tabot.config.HashChain;
import io.tabot.config.LastStateFile;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.ops.BuildInfo;
import io.tabot.ops.Check;
import io.tabot.ops.Health;
import io.tabot.ops.HealthChecks;
import io.tabot.ops.LogLevels;
import io.tabot.ops.Metrics;
import io.tabot.ops.NodeReporter;
import io.tabot.ops.NodeState;
import io.tabot.signal.CandleStore;
import io.tabot.signal.MemorySignalLog;
import io.tabot.signal.PastSignals;
import io.tabot.signal.RecentSignals;
import io.tabot.signal.SourceHealth;
import io.tabot.testing.Events;
import io.tabot.testing.Golden;
import io.tabot.testing.MemoryVoter;
import io.tabot.testing.TestCluster;
import io.tabot.testing.Windows;
import io.tabot.trace.Tracer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** The API on a free port over a real configuration, whose journal is in memory. */
final class RunningApi implements AutoCloseable {
    static final String ENVIRONMENT = "test";

    private static final AtomicInteger WRITERS = new AtomicInteger();
    private static final int WAIT_SECONDS = 20;

    /** What a test may turn. */
    static final class Switches {
        volatile boolean serves = true;
        volatile boolean isMember = true;
        volatile boolean isStopping;
        volatile boolean isAlive = true;
        volatile boolean isBroken;
        volatile CandleHistory candles = RunningApi::recorded;
        volatile Check nats = Check.ok("nats", "connected");

        /** From now on candles that are asked for come when the test says so. */
        Hold holdCandles() {
            var hold = new Hold(new CompletableFuture<>(), new CompletableFuture<>());
            candles = (symbol, timeframe, openTime, count) -> {
                hold.asked.complete(null);
                return hold.candles;
            };
            return hold;
        }
    }

    /** Candles that were asked for and are held back. */
    record Hold(CompletableFuture<Void> asked, CompletableFuture<List<Candle>> candles) {}

    final Switches switches = new Switches();
    final MemoryVoter voter = new MemoryVoter("embedded");
    final RecentSignals signals = new RecentSignals(1_000);
    final MemorySignalLog liveSignals = new MemorySignalLog(Instant.EPOCH, 1_000);
    final Metrics metrics = new Metrics();
    final ConfigView view = new ConfigView();
    /** Loggers that write nowhere, so that tests may turn them. */
    final LoggerContext logs = new LoggerContext();

    final ActorTestKit actors;
    final HttpApi api;
    final ActorRef<NodeReporter.Command> reporter;
    final ActorRef<ConfigFeed.Command> feed;
    private final ActorRef<ConfigEntity.Command> entity;

    private RunningApi(
            Path folder, boolean configured, ApiSettings settings, String environment, List<ConfigEvent> history) {
        voter.remember(history);
        logs.getLogger("io.tabot.nats.NatsConnection");
        actors = TestCluster.plain();
        var cluster = Cluster.get(actors.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        entity = actors.spawn(ConfigEntity.create(entitySettings(configured, environment)));
        awaitOpenHistory();
        var _ = new ConfigMeters(view, metrics.registry());
        feed = actors.spawn(ConfigFeed.create(feedParts(folder, environment), entity));
        reporter = actors.spawn(NodeReporter.create(new NodeReporter.Parts(
                environment, view, () -> new SourceHealth(true, Instant.parse("2026-02-03T04:05:06Z"), 2))));
        var parts = new HttpApi.Parts(
                environment,
                view,
                entity,
                Events.CATALOG,
                backtests(),
                signals,
                new PastSignals(List.of(), List.of(new CandleStore("stream", this::candles))),
                liveSignals,
                health(),
                metrics,
                new LogLevels(logs, Clock.systemUTC()),
                Clock.systemUTC(),
                Tracer.OFF);
        api = await(HttpApi.start(actors.system(), settings, parts).toCompletableFuture());
        TestCluster.eventually(
                view::current, current -> current.filter(now -> !now.isStale()).isPresent());
    }

    /** With the first configuration of {@link Events#first()}: revision 1, version 1. */
    static RunningApi start(Path folder) {
        return start(folder, settings());
    }

    /** Where nothing was ever configured. */
    static RunningApi startEmpty(Path folder) {
        return new RunningApi(folder, false, settings(), ENVIRONMENT, List.of());
    }

    static RunningApi start(Path folder, ApiSettings settings) {
        return start(folder, settings, ENVIRONMENT);
    }

    static RunningApi start(Path folder, ApiSettings settings, String environment) {
        return new RunningApi(folder, true, settings, environment, List.of());
    }

    /** Where this was configured before, by an earlier life. */
    static RunningApi startAfter(Path folder, List<ConfigEvent> history) {
        return startAfter(folder, settings(), history);
    }

    static RunningApi startAfter(Path folder, ApiSettings settings, List<ConfigEvent> history) {
        return new RunningApi(folder, true, settings, ENVIRONMENT, history);
    }

    static ApiSettings settings() {
        return ApiSettings.of("127.0.0.1", 0, false);
    }

    /** To the entity, a feed has shown more than its journal holds. */
    void goBackInTime() {
        var feed = actors.<ConfigFeed.Command>createTestProbe();
        entity.tell(new ConfigEntity.GetState(feed.ref(), 0, 999, "f".repeat(64)));
    }

    /** A feed that asks before the history is open asks again only half a second later. */
    private void awaitOpenHistory() {
        var asked = actors.<ConfigFeed.Command>createTestProbe();
        TestCluster.eventually(
                () -> {
                    entity.tell(new ConfigEntity.GetState(asked.ref(), 0, 0, HashChain.GENESIS));
                    return asked.receiveMessage(Duration.ofMillis(50));
                },
                ConfigFeed.StateIs.class::isInstance);
        asked.stop();
    }

    int port() {
        return api.address().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    Client client() {
        return new Client(this::address);
    }

    @Override
    public void close() {
        actors.shutdownTestKit();
        metrics.close();
    }

    private ConfigFeed.Parts feedParts(Path folder, String environment) {
        return new ConfigFeed.Parts(
                environment,
                Events.CATALOG,
                view,
                new LastStateFile(folder, environment),
                metrics.registry(),
                Clock.systemUTC(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Tracer.OFF);
    }

    private CompletionStage<List<Candle>> candles(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        return switches.candles.before(symbol, timeframe, openTime, count);
    }

    private ConfigEntitySettings entitySettings(boolean configured, String environment) {
        return new ConfigEntitySettings(
                environment,
                Events.RULES,
                Map.of("embedded", voter.behavior()),
                configured ? Optional.of(Events.first()) : Optional.empty(),
                Clock.systemUTC(),
                () -> "writer-" + WRITERS.incrementAndGet(),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                ConfigNotices.NONE);
    }

    private Backtests backtests() {
        return new Backtests(
                (symbol, timeframe, openTime, count) -> switches.candles.before(symbol, timeframe, openTime, count),
                Events.RULES,
                new BacktestLimits(500, Duration.ofSeconds(5), 1));
    }

    /** 650 candles of 4h from 2024, of BTCUSDT. */
    static CompletionStage<List<Candle>> recorded(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        var candles = Golden.candles("cb_btc_4h_2024");
        var isKnown = symbol.name().equals("BTCUSDT") && timeframe == Timeframe.FOUR_HOURS;
        var before = IntStream.range(0, isKnown ? candles.length() : 0)
                .mapToObj(i -> Windows.candle(candles, i))
                .filter(candle -> candle.openTime() < openTime)
                .toList();
        return CompletableFuture.completedStage(before.subList(Math.max(0, before.size() - count), before.size()));
    }

    private Health health() {
        var node =
                new NodeState(() -> switches.serves, () -> switches.isMember, () -> switches.isStopping, this::isAlive);
        var checks = new HealthChecks(Map.of("nats", () -> switches.nats));
        return new Health(BuildInfo.ofVersion("0.1.0"), node, checks, Clock.systemUTC());
    }

    private boolean isAlive() {
        if (switches.isBroken) {
            throw new IllegalStateException("secret: the password is 1234");
        }
        return switches.isAlive;
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
