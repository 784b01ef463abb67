package io.tabot.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: String, Boolean, Long, Double, List, Map, null. Whole numbers and others stay apart (25 is not
 * 25.0), as the hash of a strategy's parameters tells them apart.
 */
final class JsonValues {
    private JsonValues() {}

    /** A deeply immutable copy with numbers as Long or Double. A whole number too large for a Long becomes a Double. */
    static @Nullable Object freeze(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long whole -> whole;
            case Integer whole -> whole.longValue();
            case Short whole -> whole.longValue();
            case Byte whole -> whole.longValue();
            case BigInteger whole -> whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole.doubleValue();
            case Double number -> number;
            case Float number -> number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case List<?> list -> freezeList(list);
            case Map<?, ?> map -> freezeMap(map);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }

    static Map<String, @Nullable Object> freezeMap(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put((String) key, freeze(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> freezeList(List<?> list) {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(freeze(item)));
        return Collections.unmodifiableList(copy);
    }
}
