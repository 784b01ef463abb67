package io.tabot.strategy;

import io.tabot.indicator.Bollinger;
import io.tabot.indicator.Extremes;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;

/**
 * What a strategy sees in one evaluation: the candles, its parameters, and indicators computed once per candle and
 * shared by all strategies, lazily, so that a disabled strategy costs nothing. Reused from candle to candle without
 * allocating; belongs to one thread.
 *
 * <p>Lines are arrays whose index is that of the candle, 0 to {@link #newest()}; they are valid during one strategy's
 * evaluation and nobody writes to them. NaN is "not known yet", and too few candles give NaN throughout.
 */
public final class EvaluationContext {
    private final IndicatorCache windowIndicators;
    private final IndicatorCache longWindowIndicators;
    private IndicatorCache indicators;
    private CandleSeries candles;
    private int from;
    private Timeframe timeframe = Timeframe.ONE_MINUTE;
    private RuleSet ruleSet = RuleSet.PYTHON;
    private ParameterValues parameters = ParameterValues.defaults(new ParameterSchema());

    public EvaluationContext() {
        candles = new CandleWindow(1).newest(1);
        windowIndicators = new IndicatorCache(candles);
        longWindowIndicators = new IndicatorCache(candles);
        indicators = windowIndicators;
    }

    /** Turns to another candle: all strategies that follow share these views and the indicators over them. */
    public void begin(CandleSeries window, CandleSeries longWindow, Timeframe timeframe, RuleSet ruleSet) {
        windowIndicators.begin(window);
        longWindowIndicators.begin(longWindow);
        this.timeframe = timeframe;
        this.ruleSet = ruleSet;
        show(windowIndicators);
    }

    /** Turns to another strategy: its parameters, and the long window if it needs more candles than the other has. */
    public void use(StrategyDefinition definition, ParameterValues parameters) {
        this.parameters = parameters;
        show(definition.readsLongWindow() ? longWindowIndicators : windowIndicators);
    }

    public CandleSeries candles() {
        return candles;
    }

    public Timeframe timeframe() {
        return timeframe;
    }

    public RuleSet ruleSet() {
        return ruleSet;
    }

    /** Whether the evident meaning of the rules applies, not the Python bot's reading of them. */
    public boolean isCorrected() {
        return ruleSet == RuleSet.CORRECTED;
    }

    public ParameterValues parameters() {
        return parameters;
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
        var highs = candles.highs();
        return highs[Extremes.indexOfHighest(highs, from + last + 1 - count, count)];
    }

    /** The lowest low of so many candles, the last of them at the index. There must be that many. */
    public double lowestLow(int count, int last) {
        var lows = candles.lows();
        return lows[Extremes.indexOfLowest(lows, from + last + 1 - count, count)];
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
        return line(SharedIndicator.MOVING_AVERAGE, period)[index];
    }

    /** Mean of the volumes of the period that ends at the index, that candle's own included. */
    public double volumeAverage(int period, int index) {
        return line(SharedIndicator.VOLUME_AVERAGE, period)[index];
    }

    /** Population standard deviation of the closes of the period that ends at the index. */
    public double deviation(int period, int index) {
        return index + 1 < period ? Double.NaN : Bollinger.deviation(candles.closes(), from + index, period);
    }

    private double[] line(SharedIndicator indicator, int period) {
        return indicators.get(indicator, period, 0, 0).line(0);
    }

    private void show(IndicatorCache shown) {
        indicators = shown;
        candles = shown.candles();
        from = candles.from();
    }
}
