package io.tabot.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, then what the
 * line is about by name ({@code revision}, {@code intent_id}...), and {@code error} with its {@code trace}.
 */
public final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = {};

    /** Names of its own, which no line may take. */
    private static final Set<String> OWN =
            Set.of("time", "level", "logger", "thread", "message", "error", "error_message", "trace");

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var bytes = new ByteArrayOutputStream(256);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(
                    "time", event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("level", event.getLevel().levelStr);
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            json.writeStringField("message", event.getFormattedMessage());
            subjects(event, json);
            if (event.getThrowableProxy() != null) {
                error(event.getThrowableProxy(), json);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    /** The first of a name holds; a reader could not tell two apart. */
    private static void subjects(ILoggingEvent event, JsonGenerator json) throws IOException {
        var written = new HashSet<>(OWN);
        if (event.getKeyValuePairs() != null) {
            for (var pair : event.getKeyValuePairs()) {
                if (written.add(pair.key)) {
                    json.writeFieldName(pair.key);
                    value(pair.value, json);
                }
            }
        }
        for (var entry : event.getMDCPropertyMap().entrySet()) {
            // Pekko puts its own names there, which say what logger and thread say.
            if (!entry.getKey().startsWith("pekko") && written.add(entry.getKey())) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case Object other -> json.writeString(other.toString());
        }
    }

    private static void error(IThrowableProxy error, JsonGenerator json) throws IOException {
        json.writeStringField("error", error.getClassName());
        json.writeStringField("error_message", error.getMessage());
        json.writeStringField("trace", ThrowableProxyUtil.asString(error));
    }
}
