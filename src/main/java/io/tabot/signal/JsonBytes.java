package io.tabot.signal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON to memory, byte for byte as Jackson does. Meant to be kept and reused: it remembers how names, texts and
 * numbers are spelled, and they repeat among the signals of a candle and from one candle to the next. Not thread-safe.
 */
public final class JsonBytes {
    private static final int CAPACITY_FIRST = 1 << 13;
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final JsonSpellings spellings = new JsonSpellings();
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
        var spelling = spellings.ofName(name);
        // It begins with a comma.
        var from = isAfterValue ? 0 : 1;
        append(spelling, from, spelling.length - from);
        isAfterValue = false;
        return this;
    }

    public void value(String text) {
        separate();
        append(spellings.of(text));
    }

    public void value(double number) {
        separate();
        append(spellings.of(number));
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
        beginObject();
        map.forEach((name, value) -> name(String.valueOf(name)).any(value));
        endObject();
        return this;
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

    private void append(char ascii) {
        makeRoom(1);
        bytes[size++] = (byte) ascii;
    }

    private void append(byte[] more) {
        append(more, 0, more.length);
    }

    private void append(byte[] more, int from, int count) {
        makeRoom(count);
        System.arraycopy(more, from, bytes, size, count);
        size += count;
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
