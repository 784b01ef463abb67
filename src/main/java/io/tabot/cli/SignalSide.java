package io.tabot.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.nats.BadNatsUrl;
import io.tabot.nats.NatsCredentials;
import io.tabot.nats.NatsUrl;
import io.tabot.nats.RecordedStream;
import io.tabot.signal.SignalDifferences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The signals of one side of a comparison, from a file of JSON lines or a stream. All of them are held in memory. */
final class SignalSide {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "stream=";
    private static final String SUBJECT = "subject=";

    private final String name;
    private final SignalDifferences differences;
    private final NavigableMap<CandleKey, byte[]> signals = new TreeMap<>();
    private final List<CandleKey> contradictions = new ArrayList<>();
    private long repeated;
    private long unreadable;

    private SignalSide(String name, SignalDifferences differences) {
        this.name = name;
        this.differences = differences;
    }

    /** @param differences what makes a repetition another signal */
    static SignalSide read(String source, SignalDifferences differences) {
        return source.startsWith("nats://") || source.startsWith("tls://")
                ? ofStream(source, differences)
                : ofFile(Path.of(source), differences);
    }

    /** What people are told: without a password. */
    String name() {
        return name;
    }

    NavigableMap<CandleKey, byte[]> signals() {
        return signals;
    }

    /** Where the same decision was sent again with other words. */
    List<CandleKey> contradictions() {
        return contradictions;
    }

    String summary() {
        return name + ": " + signals.size() + " signals"
                + (repeated > 0 ? ", " + repeated + " repetitions" : "")
                + (contradictions.isEmpty() ? "" : ", " + contradictions.size() + " of them with other words")
                + (unreadable > 0 ? ", " + unreadable + " messages that are no signals" : "");
    }

    static JsonNode json(byte[] signal) {
        try {
            return JSON.readTree(signal);
        } catch (IOException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }

    private static SignalSide ofFile(Path file, SignalDifferences differences) {
        var side = new SignalSide(file.toString(), differences);
        try (var lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> side.add(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": there is no such file");
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(file + " can't be read: " + e.getMessage());
        }
        return side;
    }

    private static SignalSide ofStream(String source, SignalDifferences differences) {
        var parts = source.split("\\?", 2);
        var stream = parameter(parts, STREAM);
        if (stream.isEmpty()) {
            throw new UserError("which stream? Write nats://host:4222?stream=TABOT_SIGNALS");
        }
        var subject = parameter(parts, SUBJECT);
        try {
            var url = NatsUrl.parse(parts[0]);
            var side = new SignalSide(url + "?stream=" + stream, differences);
            new RecordedStream(url, NatsCredentials.NONE, stream, subject.isEmpty() ? ">" : subject).read(side::add);
            return side;
        } catch (BadNatsUrl | RecordedStream.Unreadable e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private static String parameter(String[] parts, String name) {
        if (parts.length < 2) {
            return "";
        }
        for (var parameter : parts[1].split("&")) {
            if (parameter.startsWith(name)) {
                return URI.create("x:" + parameter.substring(name.length())).getSchemeSpecificPart();
            }
        }
        return "";
    }

    /** A signal, or what the signals command writes of a candle. */
    private void add(byte[] body) {
        try {
            var json = JSON.readTree(body);
            if (json != null && json.path("signals").isArray()) {
                json.path("signals").forEach(this::addSignal);
            } else if (json != null) {
                addSignal(json);
            }
        } catch (JacksonException _) {
            unreadable++;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes at hand can be read", e);
        }
    }

    private void addSignal(JsonNode signal) {
        var key = CandleKey.of(signal);
        if (key.isEmpty()) {
            unreadable++;
            return;
        }
        var known = signals.get(key.get());
        if (known == null) {
            signals.put(key.get(), signal.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            repeated++;
            if (!differences.between(json(known), signal).isEmpty()) {
                contradictions.add(key.get());
            }
        }
    }
}
