package io.tabot.strategy;

import io.tabot.indicator.Bollinger;
import io.tabot.indicator.Extremes;
import io.tabot.indicator.Mean;
import io.tabot.indicator.Midpoint;
import io.tabot.market.CandleSeries;

/**
 * Candles of one timeframe and the indicators over them, each computed on first use. Reused from candle to candle
 * without allocating; belongs to one thread.
 *
 * <p>Lines are arrays whose index is that of the candle, 0 to {@link #newest()}; they are valid during one strategy's
 * evaluation and nobody writes to them. NaN is "not known yet", and too few candles give NaN throughout.
 */
public abstract sealed class CandleAnalysis permits EvaluationContext, HigherTimeframe {
    private IndicatorCache indicators;
    private CandleSeries candles;
    private int from;

    CandleAnalysis(IndicatorCache shown) {
        indicators = shown;
        candles = shown.candles();
    }

    final void show(IndicatorCache shown) {
        indicators = shown;
        candles = shown.candles();
        from = candles.from();
    }

    public CandleSeries candles() {
        return candles;
    }

    public int length() {
        return candles.length();
    }

    /** Index of the newest candle: the one that is decided on. */
    public int newest() {
        return candles.length() - 1;
    }

    public double open(int index) {
        return candles.opens()[from + index];
    }

    public double high(int index) {
        return candles.highs()[from + index];
    }

    public double low(int index) {
        return candles.lows()[from + index];
    }

    public double close(int index) {
        return candles.closes()[from + index];
    }

    public double volume(int index) {
        return candles.volumes()[from + index];
    }

    /** The highest high of so many candles, the last of them at the index. There must be that many. */
    public double highestHigh(int count, int last) {
        return Extremes.highest(candles.highs(), from + last + 1 - count, count);
    }

    /** The lowest low of so many candles, the last of them at the index. There must be that many. */
    public double lowestLow(int count, int last) {
        return Extremes.lowest(candles.lows(), from + last + 1 - count, count);
    }

    /** The highest of so many closes. There must be that many. */
    public double highestClose(int count, int last) {
        return Extremes.highest(candles.closes(), from + last + 1 - count, count);
    }

    /** The lowest of so many closes. There must be that many. */
    public double lowestClose(int count, int last) {
        return Extremes.lowest(candles.closes(), from + last + 1 - count, count);
    }

    public double[] rsi(int period) {
        return line(SharedIndicator.RSI, period);
    }

    /** RSI over averages with adjusted weights instead of Wilder's seeded ones. */
    public double[] rsiAdjusted(int period) {
        return line(SharedIndicator.RSI_ADJUSTED, period);
    }

    /** EMA of the closes, seeded with the mean of the first ones. */
    public double[] ema(int period) {
        return line(SharedIndicator.EMA, period);
    }

    /** Average of the closes with exponential weights that are divided by their sum; no seed. */
    public double[] emaAdjusted(int period) {
        return line(SharedIndicator.EMA_ADJUSTED, period);
    }

    public double[] adx(int period) {
        return line(SharedIndicator.ADX, period);
    }

    public double[] atr(int period) {
        return line(SharedIndicator.ATR, period);
    }

    public double[] macd(int fast, int slow, int signal) {
        return indicators.get(SharedIndicator.MACD, fast, slow, signal).line(0);
    }

    public double[] macdSignal(int fast, int slow, int signal) {
        return indicators.get(SharedIndicator.MACD, fast, slow, signal).line(1);
    }

    public double[] macdHistogram(int fast, int slow, int signal) {
        return indicators.get(SharedIndicator.MACD, fast, slow, signal).line(2);
    }

    public double[] vwap() {
        return line(SharedIndicator.VWAP, 0);
    }

    public double[] wickRatio() {
        return line(SharedIndicator.WICK_RATIO, 0);
    }

    // What looks back a fixed number of candles is asked for at an index: nobody needs all of it.

    /** Mean of the closes of the period that ends at the index. */
    public double movingAverage(int period, int index) {
        var kind = index == newest() ? SharedIndicator.NEWEST_AVERAGE : SharedIndicator.MOVING_AVERAGE;
        return line(kind, period)[index];
    }

    /** Mean of the volumes of the period that ends at the index, that candle's own included. */
    public double volumeAverage(int period, int index) {
        var kind = index == newest() ? SharedIndicator.NEWEST_VOLUME_AVERAGE : SharedIndicator.VOLUME_AVERAGE;
        return line(kind, period)[index];
    }

    /** Middle between the highest high and the lowest low of so many candles, the last of them at the index. */
    public double midpoint(int period, int index) {
        return index + 1 < period ? Double.NaN : Midpoint.at(candles.highs(), candles.lows(), from + index, period);
    }

    /** Mean of so many volumes, added up afresh; there must be that many. */
    public double meanVolume(int count, int last) {
        return Mean.pairwise(candles.volumes(), from + last + 1 - count, count);
    }

    /** Mean of so many closes, added up afresh; there must be that many. */
    public double meanClose(int count, int last) {
        return Mean.pairwise(candles.closes(), from + last + 1 - count, count);
    }

    /** Population standard deviation of the closes of the period that ends at the index. */
    public double deviation(int period, int index) {
        return index + 1 < period ? Double.NaN : Bollinger.deviation(candles.closes(), from + index, period);
    }

    private double[] line(SharedIndicator indicator, int period) {
        return indicators.get(indicator, period, 0, 0).line(0);
    }
}
