package io.tabot.bench;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import io.tabot.testing.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Candles through one node, from NATS in to NATS out with all 28 strategies: how many a second, against a client that
 * only receives them; how long a burst takes, and one alone; what memory a series takes.
 */
public final class FlowBench {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofMillis(400);
    private static final int ROUNDS = 5;
    /** Of the bare client, whose code has to be compiled as well. The service has filled its windows. */
    private static final int WARMING_ROUNDS = 3;

    /** So many that the slowest is not the 99th percentile. */
    private static final int UNHEARD_BURSTS = 101;

    private static final int BURSTS = 20;
    private static final int SINGLES = 400;
    private static final int WARMING = 400;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Path folder;
    private final int symbols;
    private final int timeframes;
    private final int rows;
    private final int candles;

    private FlowBench(Path folder, int symbols, int timeframes, int rows, int candles) {
        this.folder = folder;
        this.symbols = symbols;
        this.timeframes = timeframes;
        this.rows = rows;
        this.candles = candles;
    }

    /** Arguments: core or jetstream, symbols, timeframes, candles that fill each window, candles a round, markets. */
    public static void main(String[] arguments) throws Exception {
        var bench = new FlowBench(
                Files.createTempDirectory("bench-flow-"),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        for (var name : arguments[5].split(",")) {
            var market = CandleLoad.Market.valueOf(name.toUpperCase(Locale.ROOT));
            if (arguments[0].equals("core")) {
                bench.core(market);
            } else {
                bench.jetStream(market);
            }
        }
        System.exit(0);
    }

    private void core(CandleLoad.Market market) throws Exception {
        var load = load(market);
        try (var activity = new ServerActivity();
                var server = NatsServer.running(activity.arguments());
                var nats = Nats.connect(server.url());
                var service = BenchedService.ready(home("core", market), settings(server, "core", load))) {
            var ear = new SignalEar(nats);
            service.minConfidence(market.minConfidence());
            var empty = service.retained();
            fill(service, load, messages -> CandleLoad.publish(nats, messages));
            title("core", market, service, empty, load);
            for (var round = 0; round < WARMING_ROUNDS; round++) {
                bareSubscriber(nats);
                ours(service, ear, load, messages -> CandleLoad.publish(nats, messages));
            }
            var ratios = new ArrayList<Double>();
            for (var round = 0; round < ROUNDS; round++) {
                var bare = bareSubscriber(nats);
                ratios.add(ratio(bare, ours(service, ear, load, messages -> CandleLoad.publish(nats, messages))));
            }
            median(ratios);
            unheardBursts(nats, ear, load, activity);
            latencies(nats, ear, load, messages -> CandleLoad.publish(nats, messages), market);
            System.out.println("dropped: " + service.dropped());
        }
    }

    private void jetStream(CandleLoad.Market market) throws Exception {
        var load = load(market);
        try (var server = NatsServer.running();
                var nats = Nats.connect(server.url());
                var service = BenchedService.ready(home("jetstream", market), settings(server, "jetstream", load))) {
            var ear = new SignalEar(nats);
            service.minConfidence(market.minConfidence());
            var empty = service.retained();
            fill(service, load, messages -> CandleLoad.store(nats, messages));
            title("jetstream", market, service, empty, load);
            var ratios = new ArrayList<Double>();
            for (var round = 0; round < ROUNDS; round++) {
                var bare = barePuller(nats, round);
                ratios.add(ratio(bare, ours(service, ear, load, messages -> CandleLoad.store(nats, messages))));
            }
            median(ratios);
            latencies(nats, ear, load, messages -> CandleLoad.store(nats, messages), market);
        }
    }

    private CandleLoad load(CandleLoad.Market market) {
        var load = new CandleLoad(symbols, timeframes, System.currentTimeMillis());
        load.market(market);
        return load;
    }

    private Path home(String mode, CandleLoad.Market market) throws IOException {
        return Files.createDirectories(folder.resolve(mode + "-" + market));
    }

    private static java.util.Map<String, String> settings(NatsServer server, String mode, CandleLoad load) {
        return BenchedService.settings(server.url(), mode, load);
    }

    /** How candles are sent. */
    private interface Way {
        void send(List<CandleLoad.Outgoing> messages) throws Exception;
    }

    /** A rate, the CPU time of who received, and what part of it was evaluating. */
    private record Rate(double perSecond, double microsOfCpu, double microsOfEvaluating, double signals) {}

    /** A row at a time, so that a plain subscription can keep up. */
    private void fill(BenchedService service, CandleLoad load, Way way) throws Exception {
        for (var row = 0; row < rows; row++) {
            way.send(load.next(load.size()));
            if (row % 10 == 9 || row == rows - 1) {
                service.awaitIdle();
            }
        }
    }

    private void title(String mode, CandleLoad.Market market, BenchedService service, long empty, CandleLoad load)
            throws Exception {
        print(
                "%n%s, %s market, %d symbols x %d timeframes, windows of %d candles%n",
                mode, market.name().toLowerCase(Locale.ROOT), symbols, timeframes, rows);
        print("retained: %.1f KB a symbol and timeframe%n", (service.retained() - empty) / 1_024.0 / load.size());
    }

    private Rate bareSubscriber(Connection nats) throws Exception {
        var count = new AtomicLong();
        var dispatcher = nats.createDispatcher(_ -> count.incrementAndGet());
        dispatcher.setPendingLimits(-1, -1);
        dispatcher.subscribe("bare0.>");
        var messages = bare(0);
        var cpu = ownCpu();
        var begin = System.nanoTime();
        CandleLoad.publish(nats, messages);
        BenchedService.await(() -> count.get() >= messages.size(), Duration.ofMillis(1));
        var rate = rate(begin, System.nanoTime(), cpu, ownCpu(), 0, 0);
        nats.closeDispatcher(dispatcher);
        return rate;
    }

    private Rate barePuller(Connection nats, int round) throws Exception {
        var name = "BARE" + round;
        nats.jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects("bare" + round + ".>")
                        .build());
        var options = PullSubscribeOptions.builder()
                .durable("bare")
                .configuration(
                        ConsumerConfiguration.builder().maxAckPending(1_000).build())
                .build();
        var subscription = nats.jetStream().subscribe("bare" + round + ".>", options);
        var messages = bare(round);
        var cpu = ownCpu();
        var begin = System.nanoTime();
        var sending = CompletableFuture.runAsync(() -> sendAll(nats, messages));
        for (var received = 0; received < messages.size(); ) {
            for (var message : subscription.fetch(256, Duration.ofSeconds(1))) {
                message.ack();
                received++;
            }
        }
        sending.join();
        var rate = rate(begin, System.nanoTime(), cpu, ownCpu(), 0, 0);
        subscription.unsubscribe();
        nats.jetStreamManagement().deleteStream(name);
        return rate;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void sendAll(Connection nats, List<CandleLoad.Outgoing> messages) {
        try {
            CandleLoad.store(nats, messages);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Such candles where the service does not look. */
    private List<CandleLoad.Outgoing> bare(int round) {
        return new CandleLoad(symbols, timeframes, System.currentTimeMillis())
                .next(candles).stream()
                        .map(candle -> new CandleLoad.Outgoing(
                                candle.subject().replaceFirst("candles", "bare" + round),
                                candle.openTime(),
                                candle.body()))
                        .toList();
    }

    private Rate ours(BenchedService service, SignalEar ear, CandleLoad load, Way way) throws Exception {
        var messages = load.next(candles);
        service.awaitIdle();
        var before = service.candles();
        var evaluating = service.evaluating();
        var signals = ear.count();
        var cpu = service.cpu();
        var begin = System.nanoTime();
        way.send(messages);
        var end = service.awaitIdle();
        if (ear.count() > signals) {
            BenchedService.await(() -> System.nanoTime() - ear.lastHeard() > QUIET.toNanos(), POLL);
            end = ear.lastHeard();
        }
        var cpuEnd = service.cpu();
        if (service.candles() != before + candles) {
            throw new IllegalStateException(service.candles() - before + " of " + candles + " candles were evaluated");
        }
        return rate(begin, end, cpu, cpuEnd, service.evaluating() - evaluating, ear.count() - signals);
    }

    private Rate rate(long begin, long end, Duration cpu, Duration cpuEnd, double evaluating, long signals) {
        return new Rate(
                candles * NANOS_PER_SECOND / (end - begin),
                cpuEnd.minus(cpu).toNanos() / NANOS_PER_MICRO / candles,
                evaluating * MICROS_PER_SECOND / candles,
                (double) signals / candles);
    }

    private static void median(List<Double> ratios) {
        print(
                "median: %.1f %% of a bare client%n",
                ratios.stream().sorted().toList().get(ratios.size() / 2));
    }

    /** In percent. */
    private static double ratio(Rate bare, Rate ours) {
        var percent = 100 * ours.perSecond() / bare.perSecond();
        print(
                "%,.0f candles a second, %.1f us of CPU each (%.1f to evaluate), %.2f signals each; bare client %,.0f"
                        + " (%.1f us, with the publisher): %.0f %%%n",
                ours.perSecond(),
                ours.microsOfCpu(),
                ours.microsOfEvaluating(),
                ours.signals(),
                bare.perSecond(),
                bare.microsOfCpu(),
                percent);
        return percent;
    }

    /** Nobody listens, so that only the service and its server have work. */
    private static void unheardBursts(Connection nats, SignalEar ear, CandleLoad load, ServerActivity activity)
            throws Exception {
        ear.listens(false);
        var bursts = new ArrayList<Long>();
        for (var burst = 0; burst < UNHEARD_BURSTS; burst++) {
            var messages = load.next(load.size());
            var begin = Instant.now();
            CandleLoad.publish(nats, messages);
            bursts.add(Duration.between(begin, activity.awaitQuiet(QUIET)).toNanos());
        }
        ear.listens(true);
        print("a burst of %d closes, to its last signal published: %s%n", load.size(), Percentiles.ofNanos(bursts));
    }

    private void latencies(Connection nats, SignalEar ear, CandleLoad load, Way way, CandleLoad.Market market)
            throws Exception {
        if (market == CandleLoad.Market.STRICT) {
            // A burst may have no signal to wait for, and a single candle hardly ever has.
            return;
        }
        var bursts = new ArrayList<Long>();
        for (var burst = 0; burst < BURSTS; burst++) {
            var messages = load.next(load.size());
            var begin = System.nanoTime();
            way.send(messages);
            BenchedService.await(() -> ear.lastHeard() > begin, POLL);
            BenchedService.await(() -> System.nanoTime() - ear.lastHeard() > QUIET.toNanos(), POLL);
            bursts.add(ear.lastHeard() - begin);
        }
        print("a burst of %d closes, to its last signal heard: %s%n", load.size(), Percentiles.ofNanos(bursts));
        ear.reads(true);
        // This process parses its first signals here, which says nothing about the service.
        singles(ear, load, way, WARMING);
        print("one candle when idle, to its first signal: %s%n", Percentiles.ofNanos(singles(ear, load, way, SINGLES)));
        print("a plain message there and back: %s%n", Percentiles.ofNanos(echoes(nats)));
        ear.reads(false);
    }

    private static List<Long> echoes(Connection nats) throws Exception {
        try (var other = Nats.connect(nats.getConnectedUrl())) {
            var body = new byte[200];
            Echo.roundTrips(nats, other, body, WARMING, POLL);
            return Echo.roundTrips(nats, other, body, SINGLES, POLL);
        }
    }

    private static List<Long> singles(SignalEar ear, CandleLoad load, Way way, int count) throws Exception {
        var heard = new ArrayList<Long>();
        for (var single = 0; single < count; single++) {
            var candle = load.next();
            var begin = System.nanoTime();
            way.send(List.of(candle));
            LockSupport.parkNanos(POLL.toNanos());
            var at = ear.heard(candle);
            if (at != null) {
                heard.add(at - begin);
            }
        }
        return heard;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
