package io.tabot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Signals as the Python bot words them: random ids, no candle, the time of sending in its own form. */
public final class PythonBotSignals {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> OURS = List.of(
            "open_time",
            "close_time",
            "window",
            "window_hash",
            "config_revision",
            "parameters_hash",
            "rule_set",
            "limits");

    private PythonBotSignals() {}

    /** @param number tells messages apart; sent some seconds after the candle had closed */
    public static ObjectNode of(JsonNode signal, int number) {
        var message = (ObjectNode) signal.deepCopy();
        var close = Instant.parse(signal.at("/metadata/close_time").asText());
        ((ObjectNode) message.get("metadata")).remove(OURS);
        message.put("timestamp", TIME.format(close.plusMillis(1 + 1_000L * (number % 50))));
        message.put("intent_id", "%032x".formatted(1_000_000 + number));
        message.putNull("signal_id");
        return message;
    }
}
