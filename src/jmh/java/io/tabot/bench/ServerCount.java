package io.tabot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The messages that a nats-server says it got: when the last signal was published, though nobody listens. */
final class ServerCount implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    ServerCount() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** What makes a server tell. */
    String[] arguments() {
        return List.of("-m", Integer.toString(port)).toArray(String[]::new);
    }

    /** Waits until nothing has come for so long, and tells when the newest was seen. */
    long awaitQuiet(Duration quiet) throws IOException, InterruptedException {
        var count = messages();
        var changed = System.nanoTime();
        while (System.nanoTime() - changed < quiet.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
            var now = messages();
            if (now != count) {
                count = now;
                changed = System.nanoTime();
            }
        }
        return changed;
    }

    private long messages() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/varz"))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body())
                .path("in_msgs")
                .asLong();
    }

    @Override
    public void close() {
        client.close();
    }
}
