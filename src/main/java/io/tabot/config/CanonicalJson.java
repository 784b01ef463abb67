package io.tabot.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form of RFC 8785 (JCS): keys sorted by UTF-16 code units, numbers as JavaScript prints them, no white
 * space. The published library for it dates from 2018 and brings its own number printer; the JDK's is shortest since
 * 19.
 */
final class CanonicalJson {
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /** @throws IllegalArgumentException for what JSON can't carry: NaN, infinities, unpaired surrogates */
    static String write(@Nullable Object value) {
        var json = new CanonicalJson();
        json.append(value);
        return json.out.toString();
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case String text -> appendString(text);
            case Long whole ->
                out.append(ShortestDecimal.of(whole.doubleValue()).ecmaScript());
            case Double number -> out.append(ShortestDecimal.of(number).ecmaScript());
            case List<?> list -> appendList(list);
            case Map<?, ?> map -> appendMap(map);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private void appendList(List<?> list) {
        var separator = "[";
        for (var item : list) {
            out.append(separator);
            append(item);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void appendMap(Map<?, ?> map) {
        // A Java String compares by UTF-16 code units, which is the order that the RFC asks for.
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        var separator = "{";
        for (var entry : sorted.entrySet()) {
            out.append(separator);
            appendString(entry.getKey());
            out.append(':');
            append(entry.getValue());
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void appendString(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (Character.isSurrogate(character)) {
                i = appendPair(text, i);
            } else {
                appendEscaped(character);
            }
        }
        out.append('"');
    }

    private int appendPair(String text, int index) {
        var codePoint = text.codePointAt(index);
        if (!Character.isSupplementaryCodePoint(codePoint)) {
            throw new IllegalArgumentException("an unpaired surrogate is not text");
        }
        out.appendCodePoint(codePoint);
        return index + 1;
    }

    private void appendEscaped(char character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (character < ' ') {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                } else {
                    out.append(character);
                }
            }
        }
    }
}
