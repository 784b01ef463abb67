package io.tabot.strategy;

import io.tabot.indicator.Adx;
import io.tabot.indicator.Atr;
import io.tabot.indicator.Ema;
import io.tabot.indicator.Macd;
import io.tabot.indicator.MovingAverage;
import io.tabot.indicator.Rsi;
import io.tabot.indicator.TrueRange;
import io.tabot.indicator.Vwap;
import io.tabot.indicator.WickRatio;
import io.tabot.market.CandleSeries;

/**
 * The indicators that strategies share: how each fills the lines of a slot from the candles. Lines that nobody asks for
 * are room to work in.
 */
enum SharedIndicator {
    RSI(3, (c, _, s) -> Rsi.wilder(c.closes(), c.from(), c.length(), s.first(), s.line(0))),
    RSI_ADJUSTED(3, (c, _, s) -> Rsi.adjusted(c.closes(), c.from(), c.length(), s.first(), s.line(0))),
    EMA(1, (c, _, s) -> Ema.seeded(c.closes(), c.from(), c.length(), s.first(), s.line(0))),
    EMA_ADJUSTED(1, (c, _, s) -> Ema.adjusted(c.closes(), c.from(), c.length(), s.first(), s.line(0))),
    MOVING_AVERAGE(1, (c, _, s) -> MovingAverage.simple(c.closes(), c.from(), c.length(), s.first(), s.line(0))),
    VOLUME_AVERAGE(1, (c, _, s) -> MovingAverage.simple(c.volumes(), c.from(), c.length(), s.first(), s.line(0))),
    /** Valid at the newest candle alone. */
    NEWEST_AVERAGE(1, MOVING_AVERAGE.computation),
    /** Valid at the newest candle alone. */
    NEWEST_VOLUME_AVERAGE(1, VOLUME_AVERAGE.computation),
    ADX(4, SharedIndicator::adx),
    ATR(1, SharedIndicator::atr),
    MACD(3, SharedIndicator::macd),
    VWAP(1, SharedIndicator::vwap),
    WICK_RATIO(1, SharedIndicator::wickRatio);

    private interface Computation {
        void fill(CandleSeries candles, RuleSet ruleSet, IndicatorSlot slot);
    }

    private final int lines;
    private final Computation computation;

    SharedIndicator(int lines, Computation computation) {
        this.lines = lines;
        this.computation = computation;
    }

    int lines() {
        return lines;
    }

    void compute(CandleSeries candles, RuleSet ruleSet, IndicatorSlot slot) {
        computation.fill(candles, ruleSet, slot);
    }

    private static void adx(CandleSeries c, RuleSet ruleSet, IndicatorSlot s) {
        Adx.compute(c.highs(), c.lows(), c.closes(), c.from(), c.length(), s.first(), epsilon(ruleSet), s.line(0));
    }

    private static void atr(CandleSeries c, RuleSet ruleSet, IndicatorSlot s) {
        Atr.compute(c.highs(), c.lows(), c.closes(), c.from(), c.length(), s.first(), epsilon(ruleSet), s.line(0));
    }

    /** A fixed number has no place among prices: what it does depends on how small they are. */
    static double epsilon(RuleSet ruleSet) {
        return ruleSet == RuleSet.CORRECTED ? 0 : TrueRange.PANDAS_EPSILON;
    }

    private static void macd(CandleSeries c, RuleSet ruleSet, IndicatorSlot s) {
        Macd.compute(
                c.closes(), c.from(), c.length(), s.first(), s.second(), s.third(), s.line(0), s.line(1), s.line(2));
    }

    private static void vwap(CandleSeries c, RuleSet ruleSet, IndicatorSlot s) {
        Vwap.daily(c.openTimes(), c.highs(), c.lows(), c.closes(), c.volumes(), c.from(), c.length(), s.line(0));
    }

    private static void wickRatio(CandleSeries c, RuleSet ruleSet, IndicatorSlot s) {
        WickRatio.compute(c.opens(), c.highs(), c.lows(), c.closes(), c.from(), c.length(), s.line(0));
    }
}
