package io.tabot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.tabot.testing.LocalCluster;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/**
 * Three nodes under a steady flow of candles: how long changes take until every actor uses them, what a node that is
 * told to end, one that is killed, and one that starts mean for the signals.
 */
public final class NodesBench {
    private static final int NODES = 3;
    /** Windows are full, so that a hand-over has as much to read as it ever has. */
    private static final int ROWS = 250;

    /** Changes that come before those that are measured: the first ones find three processes that are compiling. */
    private static final int WARMING = 200;

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration AFTERMATH = Duration.ofSeconds(40);
    private static final double NANOS_PER_MILLI = 1e6;

    private final CandleLoad load;
    private final SentWindows windows = new SentWindows();
    private final int changes;
    /** When each candle was confirmed by the stream. */
    private final Map<CandleLoad.Outgoing, Long> sent = new ConcurrentHashMap<>();

    private volatile boolean enough;

    private NodesBench(int symbols, int changes) {
        this.load = new CandleLoad(symbols, 1, System.currentTimeMillis());
        this.changes = changes;
        load.keepIn(windows);
    }

    /** Arguments: symbols, changes. */
    public static void main(String[] arguments) throws Exception {
        new NodesBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (var mysql = MariaDbServer.running();
                var server = NatsServer.running();
                var nats = Nats.connect(server.url())) {
            var settings = new HashMap<>(BenchedService.settings(server.url(), "jetstream", load));
            settings.put("MYSQL_URI", mysql.uri());
            settings.put("TABOT_NATS_ACK_WAIT", "10s");
            settings.put("TABOT_NATS_PUBLISH_TIMEOUT", "5s");
            var ear = new SignalEar(nats);
            ear.heedsOnly(windows::isRight);
            try (var cluster = LocalCluster.ready(folder(), NODES, settings)) {
                for (var row = 0; row < ROWS; row++) {
                    CandleLoad.store(nats, load.next(load.size()));
                    BenchedService.await(() -> backlog(nats) == 0, Duration.ofMillis(20));
                }
                ear.reads(true);
                var flow = CompletableFuture.runAsync(() -> flow(nats));
                apply(cluster);
                handOver(cluster, ear);
                failover(cluster, ear);
                enough = true;
                flow.join();
            }
            start(settings, nats, ear);
        }
    }

    /** A candle every few milliseconds, the symbols in turn. */
    private void flow(Connection nats) {
        while (!enough) {
            var candle = load.next();
            try {
                nats.jetStream().publish(candle.subject(), candle.body());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            sent.put(candle, System.nanoTime());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void apply(LocalCluster cluster) throws Exception {
        var slowest = new ArrayList<Double>();
        var actors = 0;
        for (var change = -WARMING; change < changes; change++) {
            var reply = cluster.node(Math.floorMod(change, NODES))
                    .post(
                            "/api/v1/config/application?wait=applied",
                            Map.of("max_positions", 5 + Math.floorMod(change, 2), "changed_by", "bench"),
                            Map.of());
            var applied = reply.metadata().path("applied");
            if (change >= 0
                    && applied.path("nodes").size() == NODES
                    && applied.path("stragglers").isEmpty()) {
                slowest.add(nodes(applied).stream()
                        .mapToDouble(node -> node.path("ms").asDouble())
                        .max()
                        .orElseThrow());
                actors = nodes(applied).stream()
                        .mapToInt(node -> node.path("actors").asInt())
                        .sum();
            }
        }
        print(
                "a change, from its acknowledgement to the last of %d actors on %d nodes, candles flowing: %s; %d of %d"
                        + " had stragglers%n",
                actors, NODES, Percentiles.ofMillis(slowest), changes - slowest.size(), changes);
    }

    private static List<JsonNode> nodes(JsonNode applied) {
        return StreamSupport.stream(applied.path("nodes").spliterator(), false).toList();
    }

    private void handOver(LocalCluster cluster, SignalEar ear) {
        LockSupport.parkNanos(SETTLED.toNanos());
        print("steady, from a candle stored to its first signal: %s%n", judged(ear, SETTLED));
        var begin = System.nanoTime();
        cluster.node(NODES - 1).terminate();
        print("a node told to end needs %.1f s%n", since(begin).toMillis() / 1_000.0);
        LockSupport.parkNanos(SETTLED.toNanos());
        print("the same while its symbols move: %s%n", judged(ear, since(begin)));
        cluster.startAgain(NODES - 1);
        LockSupport.parkNanos(SETTLED.toNanos());
    }

    private void failover(LocalCluster cluster, SignalEar ear) {
        var holder = cluster.holder();
        var begin = System.nanoTime();
        cluster.node(holder).kill();
        LockSupport.parkNanos(AFTERMATH.toNanos());
        print("the same after kill -9 of the node with the ConfigEntity: %s%n", judged(ear, since(begin)));
    }

    private void start(Map<String, String> settings, Connection nats, SignalEar ear) throws Exception {
        enough = false;
        var flow = CompletableFuture.runAsync(() -> flow(nats));
        var heard = ear.lastHeard();
        var begin = System.nanoTime();
        try (var alone = ServiceProcess.launched(folder(), settings)) {
            BenchedService.await(() -> ear.lastHeard() != heard, Duration.ofMillis(5));
            var seconds = (ear.lastHeard() - begin) / NANOS_PER_MILLI / 1_000;
            print("one process, from its start to its first signal: %.1f s%n", seconds);
            alone.terminate();
        }
        enough = true;
        flow.join();
    }

    /** With how many signals were decided on another window than the candles sent. */
    private String judged(SignalEar ear, Duration before) {
        return delays(ear, System.nanoTime(), before) + "; on a wrong window " + windows.wrong();
    }

    /** Of the candles of this time that made signals. */
    private Percentiles delays(SignalEar ear, long end, Duration before) {
        var delays = new ArrayList<Long>();
        sent.forEach((candle, at) -> {
            var heard = ear.heard(candle);
            if (heard != null && at >= end - before.toNanos()) {
                delays.add(Math.max(0, heard - at));
            }
        });
        return Percentiles.ofNanos(delays);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Path folder() throws Exception {
        return Files.createTempDirectory("bench-nodes-");
    }

    private static long backlog(Connection nats) {
        try {
            var info = nats.jetStreamManagement().getConsumerInfo("TABOT_CANDLES", "tabot-production");
            return info.getNumPending() + info.getNumAckPending();
        } catch (Exception e) {
            return Long.MAX_VALUE;
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
