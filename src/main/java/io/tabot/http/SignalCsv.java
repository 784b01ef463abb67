package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.signal.SignalStore.Kept;
import java.util.List;
import java.util.stream.Collectors;

/** Signals as lines of comma-separated values. Everything in them is written by us: nothing needs quotes. */
final class SignalCsv {
    private static final List<String> FIELDS = List.of(
            "intent_id",
            "timestamp",
            "metadata/open_time",
            "strategy_id",
            "symbol",
            "timeframe",
            "action",
            "confidence",
            "price",
            "current_price",
            "stop_loss",
            "take_profit",
            "metadata/config_revision",
            "metadata/rule_set",
            "metadata/parameters_hash",
            "metadata/window_hash",
            "published",
            "withheld");

    static final String HEADER = String.join(",", FIELDS).replace("metadata/", "");

    private SignalCsv() {}

    static String line(Kept kept) {
        var json = SignalRoutes.item(kept);
        return FIELDS.stream().map(field -> text(json.at("/" + field))).collect(Collectors.joining(","));
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.asText().replaceAll("[\",\r\n]", " ");
    }
}
