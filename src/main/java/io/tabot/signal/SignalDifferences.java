package io.tabot.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What two signals on the same candle say differently, field by field. */
public final class SignalDifferences {
    /** When it was sent is no part of what it says. Traces travel in names that begin with an underscore. */
    private static final Set<String> OUTSIDE = Set.of("timestamp");

    private static final String METADATA = "metadata";

    /**
     * One field.
     *
     * @param field of the metadata, with {@code metadata.} before it
     * @param first null where it has no such field
     */
    public record Difference(
            String field,
            @Nullable JsonNode first,
            @Nullable JsonNode second) {}

    private final double tolerance;
    private final Set<String> ignored;

    /**
     * @param tolerance by which share of the larger one two numbers may differ and count as equal
     * @param ignored fields that are not compared, or {@code metadata.*}
     */
    public SignalDifferences(double tolerance, Set<String> ignored) {
        this.tolerance = tolerance;
        this.ignored = Set.copyOf(ignored);
    }

    /** To the bit. */
    public static SignalDifferences exact() {
        return new SignalDifferences(0, Set.of());
    }

    public List<Difference> between(JsonNode first, JsonNode second) {
        var differences = new ArrayList<Difference>();
        compare("", first, second, differences);
        if (!isIgnored(METADATA + ".")) {
            compare(METADATA + ".", first.path(METADATA), second.path(METADATA), differences);
        }
        return List.copyOf(differences);
    }

    private void compare(String prefix, JsonNode first, JsonNode second, List<Difference> differences) {
        var names = new TreeSet<String>();
        first.fieldNames().forEachRemaining(names::add);
        second.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            var field = prefix + name;
            var one = first.get(name);
            var other = second.get(name);
            if (!isIgnored(field) && !isSame(one, other)) {
                differences.add(new Difference(field, one, other));
            }
        }
    }

    private boolean isIgnored(String field) {
        return field.equals(METADATA)
                || OUTSIDE.contains(field)
                || field.startsWith("_")
                || ignored.contains(field)
                || field.startsWith(METADATA + ".") && ignored.contains(METADATA + ".*");
    }

    private boolean isSame(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one.isNumber() && other.isNumber()) {
            return isNear(one.doubleValue(), other.doubleValue());
        }
        return one.equals(other);
    }

    private boolean isNear(double one, double other) {
        var larger = Math.max(Math.abs(one), Math.abs(other));
        return Double.compare(one, other) == 0 || Math.abs(one - other) <= tolerance * larger;
    }
}
