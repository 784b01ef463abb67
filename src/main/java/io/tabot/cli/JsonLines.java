package io.tabot.cli;

import io.tabot.signal.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one JSON object a line, buffered: flush when done, also when something went wrong on the way. */
final class JsonLines {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final JsonBytes json = new JsonBytes();

    JsonLines(OutputStream out) {
        this.out = out;
    }

    /** Begins the line of one candle and window: the caller adds fields and ends it. */
    JsonBytes begin(long endIndex, int window) {
        json.beginObject();
        json.name("end_index").value(endIndex);
        json.name("window").value(window);
        return json;
    }

    void end() throws IOException {
        json.endObject();
        json.endLine();
        if (json.size() >= BUFFER) {
            json.drainTo(out);
        }
    }

    void flush() throws IOException {
        json.drainTo(out);
        out.flush();
    }
}
