package io.tabot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * When a nats-server last got a message: when the last signal was published, though nobody listens. It remembers that
 * by itself, so that it is asked afterwards, and asking takes nothing from what is measured.
 */
final class ServerActivity implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    ServerActivity() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** What makes a server tell. */
    String[] arguments() {
        return List.of("-m", Integer.toString(port)).toArray(String[]::new);
    }

    /** Waits until nothing has come for so long, and tells when the newest message came. */
    Instant awaitQuiet(Duration quiet) throws IOException, InterruptedException {
        LockSupport.parkNanos(quiet.toNanos());
        var last = last();
        for (var left = left(last, quiet); left.isPositive(); left = left(last, quiet)) {
            LockSupport.parkNanos(left.toNanos());
            last = last();
        }
        return last;
    }

    private static Duration left(Instant last, Duration quiet) {
        return Duration.between(Instant.now(), last.plus(quiet));
    }

    /** Over any of its connections, subscriptions included, questions about its health not. */
    private Instant last() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/connz"))
                .build();
        var last = Instant.EPOCH;
        for (var connection : JSON.readTree(
                        client.send(request, BodyHandlers.ofByteArray()).body())
                .path("connections")) {
            var active = Instant.parse(connection.path("last_activity").asText());
            last = active.isAfter(last) ? active : last;
        }
        return last;
    }

    @Override
    public void close() {
        client.close();
    }
}
