package io.tabot.backtest;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.List;
import java.util.Map;

/**
 * What is tried out, apart from the candles.
 *
 * @param config which strategies run, with which parameters, under which rules
 * @param before candles that came before the ones traded on, oldest first: strategies see them, nobody decides on them
 * @param higher candles of higher timeframes, oldest first: seen from their close on; where there are none, they are
 *     made of the candles traded on and those before
 * @param candlesMin nothing is decided on fewer candles than this
 */
public record Scenario(
        Symbol symbol,
        Timeframe timeframe,
        EffectiveConfig config,
        Costs costs,
        List<Candle> before,
        Map<Timeframe, List<Candle>> higher,
        int candlesMin) {
    public Scenario {
        before = List.copyOf(before);
        higher = Map.copyOf(higher);
    }

    /** Those that the strategies read besides their own. */
    List<Timeframe> higherTimeframes() {
        return config.higherTimeframes().getOrDefault(timeframe, List.of());
    }

    /** From the first candle on. */
    public static Scenario of(Symbol symbol, Timeframe timeframe, EffectiveConfig config, Costs costs) {
        return new Scenario(symbol, timeframe, config, costs, List.of(), Map.of(), 1);
    }
}
