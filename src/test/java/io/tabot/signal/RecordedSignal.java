package io.tabot.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One signal of the recordings, and how near ours has to be to it. */
record RecordedSignal(JsonNode expected) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double RELATIVE = 1e-9;
    private static final double ABSOLUTE = 1e-12;

    /** Ours alone: the recording has none, a random one or null. */
    private static final Set<String> NOT_RECORDED = Set.of("metadata", "intent_id", "signal_id");

    void compare(Signal signal, GoldenSignalTest.Tally tally, List<String> differences, String where) {
        var actual = json(signal);
        var names = new ArrayList<>(names(expected));
        names.removeAll(NOT_RECORDED);
        for (var name : names) {
            // Prices are as exact as their size, also those of a millionth.
            var scale = name.equals("confidence") ? 1 : 0;
            compareValue(expected.get(name), actual.get(name), scale, tally, differences, where + " " + name);
        }
        compareMetadata(expected.get("metadata"), actual.get("metadata"), tally, differences, where + " metadata ");
    }

    private void compareMetadata(
            JsonNode recorded, JsonNode ours, GoldenSignalTest.Tally tally, List<String> differences, String where) {
        var names = new ArrayList<>(names(recorded));
        names.addAll(SignalStamp.NAMES);
        if (!names.equals(names(ours))) {
            differences.add(where + "names: expected " + names + ", but was " + names(ours));
            return;
        }
        // Differences of prices, like the MACD, are as exact as the prices are.
        var scale = Math.max(1, expected.get("current_price").asDouble());
        for (var name : names(recorded)) {
            compareValue(recorded.get(name), ours.get(name), scale, tally, differences, where + name);
        }
    }

    private static void compareValue(
            JsonNode recorded,
            JsonNode ours,
            double scale,
            GoldenSignalTest.Tally tally,
            List<String> differences,
            String where) {
        boolean isEqual;
        if (recorded.isNumber() && ours != null && ours.isNumber()) {
            tally.number(recorded.asDouble() == ours.asDouble());
            isEqual = isNear(recorded.asDouble(), ours.asDouble(), scale);
        } else {
            isEqual = recorded.equals(ours);
        }
        if (!isEqual) {
            differences.add(where + ": expected " + recorded + ", but was " + ours);
        }
    }

    private static boolean isNear(double a, double b, double scale) {
        return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + ABSOLUTE * scale;
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(Signal signal) {
        try {
            return JSON.readTree(SignalJson.bytes(signal, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
