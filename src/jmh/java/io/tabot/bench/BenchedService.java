package io.tabot.bench;

import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A service under measurement: what it has done, what CPU time it took, and what it keeps in memory. */
final class BenchedService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration IDLE_WINDOW = Duration.ofMillis(250);
    /** One may be due to others who use the machine. */
    private static final int IDLE_WINDOWS = 3;

    private static final Duration IDLE_CPU = Duration.ofMillis(25);
    /** Each collector has its own parts of the heap, and each part says so. */
    private static final Pattern USED = Pattern.compile("(?:heap|Gen|DefNew|Tenured) .*?used (\\d+)K");

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

    long dropped() {
        return (long) metric("ta_bot_candles_dropped_total");
    }

    /** CPU time since its start. */
    Duration cpu() {
        return process.handle().info().totalCpuDuration().orElseThrow();
    }

    /** Bytes that are left after a full collection. */
    long retained() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        var used = USED.matcher(jcmd("GC.heap_info"))
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

    private String jcmd(String command) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var run = new ProcessBuilder(
                        List.of(tool, Long.toString(process.handle().pid()), command))
                .redirectErrorStream(true)
                .start();
        var text = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        run.waitFor();
        return text;
    }
}
