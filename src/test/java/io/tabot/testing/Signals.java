package io.tabot.testing;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Signal;
import io.tabot.strategy.Decision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signals made by hand, for tests of what becomes of them. */
public final class Signals {
    private static final double PRICE = 50_000;

    private Signals() {}

    /** The same, decided under this revision of the configuration. */
    public static Signal under(long revision, Signal signal) {
        return new Signal(
                signal.strategyId(),
                signal.symbol(),
                signal.timeframe(),
                signal.openTime(),
                signal.closeTime(),
                signal.action(),
                signal.confidence(),
                signal.currentPrice(),
                signal.price(),
                signal.strength(),
                signal.orderType(),
                signal.stopLoss(),
                signal.takeProfit(),
                stamp(revision, signal.timeframe(), signal.openTime()),
                signal.intentId());
    }

    /** @param number tells this signal from others */
    public static Signal buy(String strategyId, Symbol symbol, Timeframe timeframe, int number) {
        var open = timeframe.openTime(0) + number * timeframe.longest().toMillis();
        return new Signal(
                strategyId,
                symbol,
                timeframe,
                open,
                timeframe.closeTime(open),
                Decision.Action.BUY,
                0.7,
                PRICE,
                PRICE,
                Decision.Strength.MEDIUM,
                Decision.OrderType.MARKET,
                PRICE * 0.98,
                PRICE * 1.04,
                stamp(1, timeframe, open),
                "%032x".formatted(number));
    }

    /** What the engine adds to a strategy's own values. */
    private static Map<String, Object> stamp(long revision, Timeframe timeframe, long openTime) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("rsi", 55.5);
        metadata.put("open_time", Instant.ofEpochMilli(openTime).toString());
        metadata.put(
                "close_time",
                Instant.ofEpochMilli(timeframe.closeTime(openTime)).toString());
        metadata.put("window", 250);
        metadata.put("window_hash", "0".repeat(64));
        metadata.put("config_revision", revision);
        metadata.put("parameters_hash", "0".repeat(64));
        metadata.put("rule_set", "python");
        metadata.put("limits", Map.of("max_positions", 10, "position_sizes", List.of(100, 200, 500, 1000)));
        return metadata;
    }
}
