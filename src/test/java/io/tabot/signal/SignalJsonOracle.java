package io.tabot.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signal written with Jackson's generator, field by field: what {@link SignalJson} has to equal. */
final class SignalJsonOracle {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int SIZE_TYPICAL = 1536;

    private SignalJsonOracle() {}

    static byte[] bytes(Signal signal, @Nullable Instant timestamp) {
        var bytes = new ByteArrayOutputStream(SIZE_TYPICAL);
        try (var json = FACTORY.createGenerator(bytes)) {
            write(signal, timestamp, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Signal signal, @Nullable Instant timestamp, JsonGenerator json) throws IOException {
        json.writeStartObject();
        decision(signal, json);
        json.writeFieldName("metadata");
        value(signal.metadata(), json);
        order(signal, json);
        if (timestamp != null) {
            json.writeStringField(
                    "timestamp", timestamp.truncatedTo(ChronoUnit.MILLIS).toString());
        }
        json.writeNullField("recommended_leverage");
        json.writeStringField("intent_id", signal.intentId());
        json.writeStringField("signal_id", signal.intentId());
        json.writeEndObject();
    }

    private static void decision(Signal signal, JsonGenerator json) throws IOException {
        json.writeStringField("strategy_id", signal.strategyId());
        json.writeStringField("symbol", signal.symbol().name());
        json.writeStringField("action", name(signal.action()));
        json.writeNumberField("confidence", signal.confidence());
        json.writeNumberField("current_price", signal.currentPrice());
        json.writeNumberField("price", signal.price());
        json.writeStringField("strategy_mode", "deterministic");
        json.writeStringField("strength", name(signal.strength()));
        json.writeNumberField("quantity", 0.0);
        json.writeStringField("source", "ta_bot");
        json.writeStringField("strategy", signal.strategyId());
    }

    private static void order(Signal signal, JsonGenerator json) throws IOException {
        json.writeStringField("timeframe", signal.timeframe().id());
        json.writeStringField("order_type", name(signal.orderType()));
        json.writeStringField("time_in_force", "GTC");
        json.writeNullField("position_size_pct");
        json.writeFieldName("stop_loss");
        value(signal.stopLoss(), json);
        json.writeNullField("stop_loss_pct");
        json.writeFieldName("take_profit");
        value(signal.takeProfit(), json);
        json.writeNullField("take_profit_pct");
    }

    private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Double number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case String text -> json.writeString(text);
            case Map<?, ?> map -> object(map, json);
            case Collection<?> list -> array(list, json);
            default -> throw new IllegalArgumentException("not a metadata value: " + value.getClass());
        }
    }

    private static void object(Map<?, ?> map, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            value(entry.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void array(Collection<?> list, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (var element : list) {
            value(element, json);
        }
        json.writeEndArray();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
