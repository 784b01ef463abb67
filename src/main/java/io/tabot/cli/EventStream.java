package io.tabot.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, as far as the service makes use of what there is to them. */
final class EventStream implements AutoCloseable {
    /** @param data JSON */
    record Event(String name, String data) {}

    private static final String NAME = "event: ";
    private static final String ID = "id: ";
    private static final String DATA = "data: ";

    private final BufferedReader lines;
    private String lastId;

    /** @param lastId the last id of the stream that this one goes on with; empty if there is none */
    EventStream(InputStream body, String lastId) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        this.lastId = lastId;
    }

    /** Nothing when the stream is over. */
    Optional<Event> next() throws IOException {
        var name = "";
        var id = lastId;
        var data = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                lastId = id;
                if (!data.isEmpty()) {
                    return Optional.of(new Event(name, data));
                }
            } else if (line.startsWith(NAME)) {
                name = line.substring(NAME.length());
            } else if (line.startsWith(ID)) {
                id = line.substring(ID.length());
            } else if (line.startsWith(DATA)) {
                data = line.substring(DATA.length());
            }
        }
        return Optional.empty();
    }

    /** The stream begins after this. */
    void begin(String id) {
        lastId = lastId.isEmpty() ? id : lastId;
    }

    /** Where to go on from; empty as long as that is not known. */
    String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
