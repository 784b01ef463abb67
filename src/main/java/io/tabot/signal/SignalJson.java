package io.tabot.signal;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signal as the consumers of the Python bot know it: every field, in its order, nulls kept. Fields that this service
 * has no opinion on carry the constants that bot sent.
 */
public final class SignalJson {
    private static final byte[] STRATEGY_ID = fields("'strategy_id':");
    private static final byte[] SYMBOL = fields(",'symbol':");
    private static final byte[] ACTION = fields(",'action':");
    private static final byte[] CONFIDENCE = fields(",'confidence':");
    private static final byte[] CURRENT_PRICE = fields(",'current_price':");
    private static final byte[] PRICE = fields(",'price':");
    private static final byte[] STRENGTH = fields(",'strategy_mode':'deterministic','strength':");
    private static final byte[] STRATEGY = fields(",'quantity':0.0,'source':'ta_bot','strategy':");
    private static final byte[] METADATA = fields(",'metadata':");
    private static final byte[] TIMEFRAME = fields(",'timeframe':");
    private static final byte[] ORDER_TYPE = fields(",'order_type':");
    private static final byte[] STOP_LOSS = fields(",'time_in_force':'GTC','position_size_pct':null,'stop_loss':");
    private static final byte[] TAKE_PROFIT = fields(",'stop_loss_pct':null,'take_profit':");
    private static final byte[] AFTER_TAKE_PROFIT = fields(",'take_profit_pct':null");
    private static final byte[] TIMESTAMP = fields(",'timestamp':");
    private static final byte[] INTENT_ID = fields(",'recommended_leverage':null,'intent_id':");
    private static final byte[] SIGNAL_ID = fields(",'signal_id':");

    private static final String[] ACTIONS = names(Action.values());
    private static final String[] STRENGTHS = names(Strength.values());
    private static final String[] ORDER_TYPES = names(OrderType.values());

    private static final ThreadLocal<JsonBytes> WRITER = ThreadLocal.withInitial(JsonBytes::new);

    /** Of the newest signal: those of a candle share it. */
    private static final ThreadLocal<Sent> SENT = ThreadLocal.withInitial(() -> new Sent(Instant.EPOCH));

    /** Older readers of ISO-8601 refuse nine digits. */
    private record Sent(Instant at, String text) {
        Sent(Instant at) {
            this(at, at.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    private SignalJson() {}

    private static byte[] fields(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** UTF-8; without a timestamp the field is left out. */
    public static byte[] bytes(Signal signal, @Nullable Instant timestamp) {
        var json = WRITER.get();
        json.clear();
        write(signal, timestamp, json);
        return json.toByteArray();
    }

    public static String text(Signal signal, @Nullable Instant timestamp) {
        return new String(bytes(signal, timestamp), StandardCharsets.UTF_8);
    }

    /** Writes one JSON object; without a timestamp the field is left out. */
    public static void write(Signal signal, @Nullable Instant timestamp, JsonBytes json) {
        json.beginObject();
        decision(signal, json);
        json.raw(METADATA).object(signal.metadata());
        order(signal, json);
        if (timestamp != null) {
            json.raw(TIMESTAMP).value(text(timestamp));
        }
        json.raw(INTENT_ID).value(signal.intentId());
        json.raw(SIGNAL_ID).value(signal.intentId());
        json.endObject();
    }

    private static String text(Instant timestamp) {
        var sent = SENT.get();
        if (!sent.at().equals(timestamp)) {
            sent = new Sent(timestamp);
            SENT.set(sent);
        }
        return sent.text();
    }

    private static void decision(Signal signal, JsonBytes json) {
        json.raw(STRATEGY_ID).value(signal.strategyId());
        json.raw(SYMBOL).value(signal.symbol().name());
        json.raw(ACTION).value(ACTIONS[signal.action().ordinal()]);
        json.raw(CONFIDENCE).value(signal.confidence());
        json.raw(CURRENT_PRICE).value(signal.currentPrice());
        json.raw(PRICE).value(signal.price());
        json.raw(STRENGTH).value(STRENGTHS[signal.strength().ordinal()]);
        json.raw(STRATEGY).value(signal.strategyId());
    }

    private static void order(Signal signal, JsonBytes json) {
        json.raw(TIMEFRAME).value(signal.timeframe().id());
        json.raw(ORDER_TYPE).value(ORDER_TYPES[signal.orderType().ordinal()]);
        json.raw(STOP_LOSS).any(signal.stopLoss());
        json.raw(TAKE_PROFIT).any(signal.takeProfit());
        json.raw(AFTER_TAKE_PROFIT);
    }

    /** The constants are the names on the wire, in capitals. A switch would be a second list of them. */
    private static String[] names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
