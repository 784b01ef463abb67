package io.tabot.strategy;

import io.tabot.market.CandleSeries;

/** The candles of a higher timeframe than the one that is evaluated, as of the same instant. */
public final class HigherTimeframe extends CandleAnalysis {
    private final IndicatorCache indicators;
    private long evaluation = -1;

    HigherTimeframe(CandleSeries candles, FusedGroups groups) {
        this(new IndicatorCache(candles, groups));
    }

    private HigherTimeframe(IndicatorCache indicators) {
        super(indicators);
        this.indicators = indicators;
    }

    /** Turns to the candles of another evaluation; what was computed in this one stays. */
    HigherTimeframe at(CandleSeries series, RuleSet ruleSet, long evaluation) {
        if (this.evaluation != evaluation) {
            indicators.begin(series, ruleSet);
            show(indicators);
            this.evaluation = evaluation;
        }
        return this;
    }
}
