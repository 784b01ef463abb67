package io.tabot.bench;

import io.tabot.testing.Jcmd;
import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A service under measurement: what it has done, what CPU time it took, and what it keeps in memory. */
final class BenchedService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The CPU time of a process is told in steps of 10 ms. */
    private static final Duration IDLE_WINDOW = Duration.ofMillis(50);
    /** A few may be due to others who use the machine. */
    private static final int IDLE_WINDOWS = 15;

    private static final Duration IDLE_CPU = Duration.ofMillis(15);
    /** Each collector has its own parts of the heap, and each part says so. */
    private static final Pattern USED = Pattern.compile("(?:heap|Gen|DefNew|Tenured) .*?used (\\d+)K");

    /** The serial collector leaves some dead objects where they are, but for every fourth time. */
    private static final int COLLECTIONS = 4;

    private final ServiceProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private BenchedService(ServiceProcess process) {
        this.process = process;
    }

    static BenchedService ready(Path home, Map<String, String> settings) {
        return new BenchedService(ServiceProcess.ready(home, settings));
    }

    /** The settings that all measurements share: years of candles are no reason to withhold their signals. */
    static Map<String, String> settings(String natsUrl, String mode, CandleLoad load) {
        var settings = new HashMap<String, String>();
        settings.put("NATS_URL", natsUrl);
        settings.put("TABOT_NATS_MODE", mode);
        settings.put("TABOT_NATS_BUFFER", "1000000");
        settings.put("TABOT_SIGNALS_MAX_AGE", "0");
        // A burst ends with the last message that the server got, and these are none of it.
        settings.put("TABOT_HEALTH_VERDICT_INTERVAL", "0");
        settings.put("TABOT_NATS_CONFIG_HEAD_INTERVAL", "0");
        settings.put("TABOT_LOG_LEVEL", "warn");
        settings.put("TABOT_INITIAL_SYMBOLS", String.join(",", load.symbols()));
        settings.put("TABOT_INITIAL_TIMEFRAMES", String.join(",", load.timeframes()));
        return settings;
    }

    /** Signals that are less sure are not made. */
    void minConfidence(double share) throws IOException {
        var reply = process.post(
                "/api/v1/config/application?wait=applied",
                Map.of("min_confidence", share, "changed_by", "bench"),
                Map.of());
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.text());
        }
    }

    long candles() {
        return (long) metric("ta_bot_candles_in_total");
    }

    /** Seconds that all evaluations have taken. */
    double evaluating() {
        return metric("ta_bot_evaluation_seconds_sum");
    }

    long dropped() {
        return (long) metric("ta_bot_candles_dropped_total");
    }

    /** CPU time since its start. */
    Duration cpu() {
        return process.handle().info().totalCpuDuration().orElseThrow();
    }

    /** Bytes that are left after a full collection. */
    long retained() throws IOException, InterruptedException {
        for (var collection = 0; collection < COLLECTIONS; collection++) {
            Jcmd.run(process.handle(), "GC.run");
        }
        var used = USED.matcher(Jcmd.run(process.handle(), "GC.heap_info"))
                .results()
                .mapToLong(part -> Long.parseLong(part.group(1)))
                .sum();
        if (used == 0) {
            throw new IllegalStateException("no heap info");
        }
        return used * 1_024;
    }

    /** Waits until it has nothing to do for a while, and tells when that began. */
    long awaitIdle() {
        var begin = System.nanoTime();
        var before = cpu();
        for (var still = 0; still < IDLE_WINDOWS; still++) {
            LockSupport.parkNanos(IDLE_WINDOW.toNanos());
            var now = cpu();
            if (now.minus(before).compareTo(IDLE_CPU) > 0) {
                still = -1;
                begin = System.nanoTime();
            }
            before = now;
        }
        return begin;
    }

    static void await(BooleanSupplier condition, Duration interval) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("did not get that far");
            }
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    @Override
    public void close() {
        process.terminate();
        process.close();
        client.close();
    }

    private double metric(String name) {
        try {
            var request = HttpRequest.newBuilder(URI.create(process.address() + "/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
