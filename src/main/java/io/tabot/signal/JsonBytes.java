package io.tabot.signal;

import com.fasterxml.jackson.core.JsonFactory;
import io.tabot.strategy.MetadataNames;
import io.tabot.strategy.MetadataValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON to memory, byte for byte as Jackson does. Meant to be kept and reused: it remembers how numbers,
 * the names of metadata and the newest long texts are spelled. Not thread-safe.
 */
public final class JsonBytes {
    private static final int CAPACITY_FIRST = 1 << 13;
    /** More than all strategies put; others choose theirs as they like. */
    private static final int NAMES_MAX = 512;

    private static final JsonFactory JACKSON = new JsonFactory();
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final JsonNumbers numbers = new JsonNumbers();
    private final JsonTexts texts = new JsonTexts();
    private final Map<MetadataNames, JsonNames> spelled = new IdentityHashMap<>();
    private byte[] bytes = new byte[CAPACITY_FIRST];
    private int size;
    /** Whether a comma has to stand before the next value or name. */
    private boolean isAfterValue;

    private Map<?, ?> repeated = Map.of();
    private byte[] repetition = ascii("{}");

    /** Bytes written and not yet handed over. */
    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Hands over what was written, and forgets it even if that fails: half of it may be out. */
    public void drainTo(OutputStream out) throws IOException {
        var count = size;
        clear();
        out.write(bytes, 0, count);
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
        isAfterValue = false;
    }

    public JsonBytes beginObject() {
        return begin('{');
    }

    public void endObject() {
        end('}');
    }

    public JsonBytes beginArray() {
        return begin('[');
    }

    public void endArray() {
        end(']');
    }

    /** What follows is a document of its own. */
    public void endLine() {
        append('\n');
        isAfterValue = false;
    }

    /** The name of the value that comes next. */
    public JsonBytes name(String name) {
        separate();
        quote(name);
        append(':');
        isAfterValue = false;
        return this;
    }

    public void value(String text) {
        separate();
        if (JsonTexts.isWorthFinding(text)) {
            quoteOnce(text);
        } else {
            quote(text);
        }
    }

    public void value(double number) {
        separate();
        makeRoom(JsonNumbers.LENGTH_MAX);
        size = numbers.write(number, bytes, size);
    }

    public void value(long number) {
        separate();
        append(ascii(Long.toString(number)));
    }

    public void value(boolean flag) {
        separate();
        append(flag ? TRUE : FALSE);
    }

    public void nullValue() {
        separate();
        append(NULL);
    }

    /** A value as metadata holds it: a number, flag, text, map, list or null. Maps and lists must never change. */
    JsonBytes any(@Nullable Object value) {
        switch (value) {
            case null -> nullValue();
            case Double number -> value(number.doubleValue());
            case Integer number -> value(number.longValue());
            case Long number -> value(number.longValue());
            case Boolean flag -> value(flag.booleanValue());
            case String text -> value(text);
            case Map<?, ?> map -> repeatable(map);
            case Collection<?> list -> array(list);
            default -> throw new IllegalArgumentException("not a metadata value: " + value.getClass());
        }
        return this;
    }

    /** The fields of a map of such values. */
    JsonBytes object(Map<?, ?> map) {
        if (map instanceof MetadataValues metadata) {
            return metadata(metadata);
        }
        beginObject();
        map.forEach((name, value) -> name(String.valueOf(name)).any(value));
        endObject();
        return this;
    }

    private JsonBytes metadata(MetadataValues metadata) {
        beginObject();
        var names = spelled(metadata.names());
        for (var i = 0; i < metadata.size(); i++) {
            makeRoom(names.length(i));
            size = names.write(i, bytes, size);
            isAfterValue = false;
            any(metadata.value(i));
        }
        endObject();
        return this;
    }

    private JsonNames spelled(MetadataNames names) {
        var known = spelled.get(names);
        return known == null ? spell(names) : known;
    }

    /** Written where the next value would stand, and taken back. */
    private JsonNames spell(MetadataNames names) {
        var start = size;
        var ends = new int[names.size()];
        for (var i = 0; i < ends.length; i++) {
            isAfterValue = i > 0;
            name(names.get(i));
            ends[i] = size - start;
        }
        var json = new JsonNames(Arrays.copyOfRange(bytes, start, size), ends);
        size = start;
        if (spelled.size() == NAMES_MAX) {
            spelled.clear();
        }
        spelled.put(names, json);
        return json;
    }

    /** Text that is JSON already, taken as it stands; a value follows it. */
    JsonBytes raw(byte[] json) {
        append(json);
        isAfterValue = false;
        return this;
    }

    /** All signals of a candle hold the very same limits. */
    private void repeatable(Map<?, ?> map) {
        separate();
        if (map == repeated) {
            append(repetition);
            return;
        }
        isAfterValue = false;
        var start = size;
        object(map);
        repeated = map;
        repetition = Arrays.copyOfRange(bytes, start, size);
    }

    private void array(Collection<?> list) {
        beginArray();
        list.forEach(this::any);
        endArray();
    }

    private JsonBytes begin(char bracket) {
        separate();
        append(bracket);
        isAfterValue = false;
        return this;
    }

    private void end(char bracket) {
        append(bracket);
        isAfterValue = true;
    }

    private void separate() {
        if (isAfterValue) {
            append(',');
        }
        isAfterValue = true;
    }

    private void quoteOnce(String text) {
        var known = texts.find(text);
        if (known == null) {
            var start = size;
            quote(text);
            texts.remember(text, bytes, start, size);
        } else {
            append(known);
        }
    }

    /** Straight from the text: to look up how it was spelled before touches more memory than to spell it. */
    private void quote(String text) {
        makeRoom(text.length() + 2);
        var end = size;
        bytes[end++] = '"';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                append(escaped(text));
                return;
            }
            bytes[end++] = (byte) c;
        }
        bytes[end++] = '"';
        size = end;
    }

    private static byte[] escaped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JACKSON.createGenerator(bytes)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    private void append(char ascii) {
        makeRoom(1);
        bytes[size++] = (byte) ascii;
    }

    private void append(byte[] more) {
        makeRoom(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void makeRoom(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
