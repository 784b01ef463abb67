package io.tabot.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one JSON object a line, buffered: flush when done, also when something went wrong on the way. */
final class JsonLines {
    private final JsonGenerator json;

    JsonLines(OutputStream out) throws IOException {
        // The line feed is ours; by default there would be a space after it.
        json = new JsonFactoryBuilder()
                .rootValueSeparator("")
                .build()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** Begins the line of one candle and window: the caller adds fields and ends it. */
    JsonGenerator begin(long endIndex, int window) throws IOException {
        json.writeStartObject();
        json.writeNumberField("end_index", endIndex);
        json.writeNumberField("window", window);
        return json;
    }

    void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void flush() throws IOException {
        json.flush();
    }
}
