package io.tabot.testing;

import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import java.util.List;
import java.util.Map;

/** One strategy on one window of hourly candles, without bounds of confidence. */
public final class Evaluations {
    private static final SignalEngine ENGINE = new SignalEngine("test");

    private Evaluations() {}

    public static List<Signal> signals(
            String strategyId, RuleSet ruleSet, Map<String, ?> parameters, CandleSeries candles) {
        var strategy = Configs.CATALOG.find(strategyId).orElseThrow();
        return signals(strategy, ruleSet, parameters, candles, Rejections.IGNORED);
    }

    public static List<Signal> signals(
            Strategy strategy,
            RuleSet ruleSet,
            Map<String, ?> parameters,
            CandleSeries candles,
            Rejections rejections) {
        return ENGINE.evaluate(
                new Symbol("BTCUSDT"),
                Timeframe.ONE_HOUR,
                CandleViews.of(candles),
                Configs.only(strategy, ruleSet, parameters),
                rejections);
    }
}
