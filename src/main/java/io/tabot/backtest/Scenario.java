package io.tabot.backtest;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.List;

/**
 * What is tried out, apart from the candles.
 *
 * @param config which strategies run, with which parameters, under which rules
 * @param before candles that came before the ones traded on, oldest first: strategies see them, nobody decides on them
 * @param candlesMin nothing is decided on fewer candles than this
 */
public record Scenario(
        Symbol symbol, Timeframe timeframe, EffectiveConfig config, Costs costs, List<Candle> before, int candlesMin) {
    public Scenario {
        before = List.copyOf(before);
    }

    /** Those that the strategies read besides their own: made of the same candles. */
    List<Timeframe> higherTimeframes() {
        return config.higherTimeframes().getOrDefault(timeframe, List.of());
    }

    /** From the first candle on. */
    public static Scenario of(Symbol symbol, Timeframe timeframe, EffectiveConfig config, Costs costs) {
        return new Scenario(symbol, timeframe, config, costs, List.of(), 1);
    }
}
