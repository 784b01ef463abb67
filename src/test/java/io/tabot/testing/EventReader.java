package io.tabot.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events as the standard says, on a thread of its own. */
public final class EventReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int WAIT_SECONDS = 20;

    /** The name that stands for the end of the stream, which is no event. */
    public static final String CLOSED = "(closed)";

    /** The name that stands for a comment. */
    public static final String COMMENT = "(comment)";

    /** @param id of this event or the last before it that had one; empty if none had */
    public record Event(String name, String id, String data) {}

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String lastId = "";

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /** Returns once the answer has begun. */
    public static EventReader open(String address, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/event-stream");
            if (headers.length > 0) {
                request.headers(headers);
            }
            return new EventReader(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** What a reader that comes again sends as Last-Event-ID. */
    public String lastId() {
        return lastId;
    }

    /** The next event; comments are left out. */
    public Event next() {
        while (true) {
            var event = nextOfAny();
            if (!event.name().equals(COMMENT)) {
                return event;
            }
        }
    }

    public Event nextOfAny() {
        try {
            return Objects.requireNonNull(events.poll(WAIT_SECONDS, TimeUnit.SECONDS), "no event came in time");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Event> next(int count) {
        var taken = new ArrayList<Event>();
        while (taken.size() < count) {
            taken.add(next());
        }
        return taken;
    }

    /** Everything until the stream ends. */
    public List<Event> rest() {
        var taken = new ArrayList<Event>();
        for (var event = next(); !event.name().equals(CLOSED); event = next()) {
            taken.add(event);
        }
        return taken;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var name = "message";
            var data = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(name, lastId, data.toString()));
                    }
                    name = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    events.add(new Event(COMMENT, lastId, line.substring(1)));
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line, "data: ".length(), line.length());
                }
            }
        } catch (IOException e) {
            // Closed by the test, or cut: the end shows either way.
        }
        events.add(new Event(CLOSED, lastId, ""));
    }
}
