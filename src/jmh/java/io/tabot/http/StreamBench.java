package io.tabot.http;

import io.tabot.testing.Jcmd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What live streams of a running service cost, and how soon a change is on all of them. One thread reads every stream.
 * Run by bin/bench-streams, straight from this file: it uses nothing but the JDK.
 */
public final class StreamBench {
    private static final byte[] CHANGE = "event: change".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPEN = "event: open".getBytes(StandardCharsets.US_ASCII);
    private static final int TICKS_A_SECOND = 100;
    private static final int WARM_UP = 50;
    private static final long WAIT_SECONDS = 60;

    private final URI service;
    private final long process;
    private final int streams;
    private final Selector selector = Selector.open();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final long[] arrivals;

    private StreamBench(URI service, long process, int streams) throws IOException {
        this.service = service;
        this.process = process;
        this.streams = streams;
        this.arrivals = new long[streams];
    }

    public static void main(String... arguments) throws Exception {
        var bench =
                new StreamBench(URI.create(arguments[0]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
        bench.run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    private void run(int idleSeconds, int changes) throws Exception {
        var heapBefore = liveBytes();
        var residentBefore = residentKilobytes();
        var cpuBefore = cpuSecondsIn(idleSeconds);
        openAll();
        var heap = liveBytes() - heapBefore;
        var resident = residentKilobytes() - residentBefore;
        var bytesBefore = bytes.get();
        var cpu = cpuSecondsIn(idleSeconds);
        var idleBytes = bytes.get() - bytesBefore;

        print("live heap: %.1f KB a stream", heap / 1024.0 / streams);
        print("resident memory: %.1f KB a stream", (double) resident / streams);
        print(
                "idle: %.1f bytes a minute and stream, without headers of TCP and IP",
                idleBytes * 60.0 / idleSeconds / streams);
        print(
                "idle: %.2f %% of a CPU for all, %.2f %% without any",
                percent(cpu, idleSeconds), percent(cpuBefore, idleSeconds));
        fanOut(changes);
    }

    private void openAll() throws Exception {
        Thread.ofPlatform().daemon().start(this::read);
        var head = "GET /api/v1/config/stream HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\n\r\n";
        for (var stream = 0; stream < streams; stream++) {
            var channel = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, stream);
            selector.wakeup();
        }
        await(open, "streams did not open");
    }

    private void fanOut(int changes) throws Exception {
        var each = new double[changes * streams];
        var last = new double[changes];
        for (var change = -WARM_UP; change < changes; change++) {
            arrived.set(0);
            var acknowledged = post(change);
            await(arrived, "a change did not arrive");
            if (change >= 0) {
                for (var stream = 0; stream < streams; stream++) {
                    each[change * streams + stream] = (arrivals[stream] - acknowledged) / 1e6;
                }
                last[change] = (Arrays.stream(arrivals).max().orElseThrow() - acknowledged) / 1e6;
            }
        }
        Arrays.sort(each);
        Arrays.sort(last);
        print(
                "acknowledged to received: p50 %.1f ms, p99 %.1f ms, %d changes on %d streams",
                at(each, 0.5), at(each, 0.99), changes, streams);
        print("acknowledged to received by the last of them: p50 %.1f ms, p99 %.1f ms", at(last, 0.5), at(last, 0.99));
    }

    /** When the answer was there. */
    private long post(int number) throws Exception {
        var body = "{\"max_positions\": " + (20 + Math.floorMod(number, 2)) + ", \"changed_by\": \"bench\"}";
        var request = HttpRequest.newBuilder(service.resolve("/api/v1/config/application"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        var answered = System.nanoTime();
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answered;
    }

    private void read() {
        var buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (true) {
                selector.select();
                for (var key : selector.selectedKeys()) {
                    buffer.clear();
                    var count = ((SocketChannel) key.channel()).read(buffer);
                    if (count < 0) {
                        throw new IllegalStateException("a stream ended");
                    }
                    took(buffer, (int) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void took(ByteBuffer buffer, int stream) {
        bytes.addAndGet(buffer.position());
        if (has(buffer, CHANGE)) {
            arrivals[stream] = System.nanoTime();
            arrived.incrementAndGet();
        } else if (has(buffer, OPEN)) {
            open.incrementAndGet();
        }
    }

    private static boolean has(ByteBuffer buffer, byte[] part) {
        for (var at = 0; at + part.length <= buffer.position(); at++) {
            if (Arrays.equals(buffer.array(), at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private void await(AtomicInteger count, String failure) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (count.get() < streams) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(failure + ": " + count + " of " + streams);
            }
            Thread.sleep(1);
        }
    }

    private double cpuSecondsIn(int seconds) throws Exception {
        var before = cpuTicks();
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        return (double) (cpuTicks() - before) / TICKS_A_SECOND;
    }

    private long cpuTicks() throws IOException {
        var fields = Files.readString(Path.of("/proc/" + process + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** What is left after a collection of everything. */
    private long liveBytes() throws IOException, InterruptedException {
        var total = Jcmd.run(ProcessHandle.of(process).orElseThrow(), "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    private static double percent(double cpuSeconds, int seconds) {
        return 100 * cpuSeconds / seconds;
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * part))];
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
