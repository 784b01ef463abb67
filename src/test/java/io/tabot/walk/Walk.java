package io.tabot.walk;

import io.tabot.testing.CandleTraffic;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.NatsServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Three nodes with real servers under a steady flow of candles and changes, and one fault after the other. At the end
 * everything is judged against what one undisturbed engine says.
 */
public final class Walk {
    private static final int NODES = 3;

    /** What a fault leaves to come after the nodes answer again: a hand-over, redeliveries. */
    private static final Duration AFTERMATH = Duration.ofSeconds(10);

    private static final Duration CALM = Duration.ofSeconds(3);

    /**
     * How much goes on.
     *
     * @param pace time from one row of candles of all series to the next
     * @param rows that there are at most
     */
    public record Load(int symbols, int timeframes, Duration pace, int rows, Duration changeEvery) {}

    /** What a fault can be done to. */
    record World(
            Nodes nodes,
            NatsServer nats,
            MariaDbServer journal,
            CandleRun candles,
            Changes changes,
            ConfigStreams streams) {}

    /** A time in which something was wrong, of the system's clock of nanoseconds. */
    record Disturbance(long from, long to) {}

    private final Load load;
    private final Random random;
    private final PrintStream out;
    private final Market market;
    private final List<Disturbance> disturbances = new ArrayList<>();
    private final long seed;

    public Walk(Load load, long seed, PrintStream out) {
        this.load = load;
        this.seed = seed;
        this.random = new Random(seed);
        this.out = out;
        this.market = new Market(seed, load.symbols(), load.timeframes(), load.rows());
    }

    /** Strikes with these faults; the findings, none of which there should be. */
    public List<String> run(Path home, Iterable<Fault> faults) throws InterruptedException {
        out.printf(
                "walk: seed %d, %d series, a row every %d ms, a change every %d ms%n",
                seed, market.size(), load.pace().toMillis(), load.changeEvery().toMillis());
        try (var journal = MariaDbServer.running();
                var nats = NatsServer.running();
                var nodes = new Nodes(home, NODES, settings(journal, nats))) {
            var changes = new Changes(nodes, load.changeEvery(), random.nextLong());
            try (var candles = new CandleRun(market, changes, nats, load.pace());
                    var streams = new ConfigStreams(nodes)) {
                streams.start();
                changes.start();
                candles.start(load.rows());
                return walk(new World(nodes, nats, journal, candles, changes, streams), faults);
            } catch (RuntimeException | Error e) {
                nodes.dumpThreads();
                throw e;
            } finally {
                changes.stop();
            }
        }
    }

    private List<String> walk(World world, Iterable<Fault> faults) throws InterruptedException {
        settle(world);
        for (var fault : faults) {
            strike(world, fault);
        }
        world.candles().endOfCandles();
        Awaitility.await("all candles acknowledged").atMost(Patience.LONG).until(world.candles()::isDealtWith);
        world.changes().stopChanging();
        Awaitility.await("every node shows the last change")
                .atMost(Patience.LONG)
                .until(world.changes()::isEverywhere);
        Pause.of(CALM);
        world.changes().stop();
        return new Verdict(market, disturbances, out).on(world);
    }

    private void strike(World world, Fault fault) {
        world.changes().longestGap();
        world.candles().backlogMax();
        var from = System.nanoTime();
        var what = fault.strike(world, random);
        world.nodes().startEnded();
        settle(world);
        var to = System.nanoTime();
        disturbances.add(new Disturbance(from, to + AFTERMATH.toNanos()));
        out.printf(
                "walk: %s (%s): %.1f s, without a change %.1f s, at most %d candles waited; %d rows, %d changes%n",
                fault,
                what,
                Duration.ofNanos(to - from).toMillis() / 1e3,
                world.changes().longestGap().toMillis() / 1e3,
                world.candles().backlogMax(),
                world.candles().rows(),
                world.changes().acknowledged().size());
        Pause.of(AFTERMATH);
        undisturbed(world);
    }

    /** A row that no fault touches: nothing excuses what is wrong with its signals. */
    private static void undisturbed(World world) {
        var before = world.candles().rows();
        Awaitility.await("another row of candles")
                .atMost(Patience.LONG)
                .until(() -> world.candles().rows() > before + 1);
        Pause.of(CALM);
    }

    /** Until everything is as it was before the fault, and a moment longer. */
    private void settle(World world) {
        Pause.of(Duration.ofSeconds(1));
        Awaitility.await("one cluster, changes everywhere and candles acknowledged")
                .atMost(Patience.LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    world.nodes().startEnded();
                    return world.nodes().areOneCluster()
                            && world.changes().isEverywhere()
                            && world.candles().rows() > 0
                            && world.candles().backlog() <= 2L * market.size();
                });
        Pause.of(CALM);
    }

    private Map<String, String> settings(MariaDbServer journal, NatsServer nats) {
        var settings = new HashMap<>(CandleTraffic.settings(nats));
        settings.put("SUPPORTED_SYMBOLS", String.join(",", market.symbols()));
        settings.put("SUPPORTED_TIMEFRAMES", String.join(",", market.timeframes()));
        settings.put("MYSQL_URI", journal.uri());
        settings.put("TABOT_CANDLES_IN_FLIGHT", "64");
        settings.put("TABOT_NATS_ACK_WAIT", "8s");
        settings.put("TABOT_NATS_PUBLISH_TIMEOUT", "6s");
        // A node that gives the history up evaluates a shorter window, which no undisturbed node would have done.
        settings.put("TABOT_CANDLES_HISTORY_TIMEOUT", "60s");
        return settings;
    }
}
