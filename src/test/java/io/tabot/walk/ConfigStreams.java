package io.tabot.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.HistoryChecker.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Hears of each node every change, as it comes into force there. */
final class ConfigStreams implements AutoCloseable {
    private static final String DATA = "data: ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Nodes nodes;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Pause pause = new Pause();
    private final List<Shown> heard = Collections.synchronizedList(new ArrayList<>());

    ConfigStreams(Nodes nodes) {
        this.nodes = nodes;
    }

    void start() {
        IntStream.range(0, nodes.size())
                .forEach(node -> Thread.ofVirtual().start(() -> {
                    while (!pause.isOver()) {
                        follow(nodes.life(node));
                        pause.elapse(Patience.POLL);
                    }
                }));
    }

    List<Shown> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        pause.end();
        client.shutdownNow();
    }

    /** Until the stream ends, as it does with the life. */
    private void follow(Nodes.Life life) {
        try {
            var request = HttpRequest.newBuilder(URI.create(life.process().address() + "/api/v1/config/stream"))
                    .build();
            try (var lines = client.send(request, BodyHandlers.ofLines()).body()) {
                lines.filter(line -> line.startsWith(DATA))
                        .map(line -> read(line.substring(DATA.length())))
                        .filter(event -> event.path("hash").isTextual())
                        .forEach(change -> heard.add(new Shown(
                                life.toString(),
                                change.path("revision").asLong(),
                                change.path("hash").asText())));
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // It has not started, or has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode read(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
