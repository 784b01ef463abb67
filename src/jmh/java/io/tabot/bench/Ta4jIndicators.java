package io.tabot.bench;

import io.tabot.market.Candle;
import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuKijunSenIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuSenkouSpanAIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuSenkouSpanBIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuTenkanSenIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * The same values in ta4j, with its fast DoubleNum and its caches, over a series that keeps 250 bars. It has one
 * kind of exponential average where the strategies have two, which makes three of its averages serve twice.
 */
final class Ta4jIndicators {
    private static final Duration PERIOD = Duration.ofHours(4);

    /** Counted from 1 where the strategies count from 0. */
    private static final int CLOUD_SHIFT = 27;

    private final BarSeries bars = new BaseBarSeriesBuilder()
            .withNumFactory(DoubleNumFactory.getInstance())
            .withMaxBarCount(IndicatorBenchmark.LENGTH)
            .build();
    private final ClosePriceIndicator close = new ClosePriceIndicator(bars);
    private final HighPriceIndicator high = new HighPriceIndicator(bars);
    private final LowPriceIndicator low = new LowPriceIndicator(bars);
    private final VolumeIndicator volume = new VolumeIndicator(bars);

    private final EMAIndicator ema8 = new EMAIndicator(close, 8);
    private final EMAIndicator ema9 = new EMAIndicator(close, 9);
    private final EMAIndicator ema20 = new EMAIndicator(close, 20);
    private final EMAIndicator ema21 = new EMAIndicator(close, 21);
    private final EMAIndicator ema30 = new EMAIndicator(close, 30);
    private final EMAIndicator ema50 = new EMAIndicator(close, 50);
    private final EMAIndicator ema80 = new EMAIndicator(close, 80);

    private final MACDIndicator macd = new MACDIndicator(close, 12, 26);
    private final Indicator<Num> macdSignal = macd.getSignalLine(9);
    private final Indicator<Num> macdHistogram = macd.getHistogram(9);
    private final RSIIndicator rsi14 = new RSIIndicator(close, 14);
    private final RSIIndicator rsi2 = new RSIIndicator(close, 2);
    private final ATRIndicator atr = new ATRIndicator(bars, 14);
    private final ADXIndicator adx = new ADXIndicator(bars, 14);

    private final SMAIndicator mean20 = new SMAIndicator(close, 20);
    private final SMAIndicator mean10 = new SMAIndicator(close, 10);
    private final BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(mean20);
    private final StandardDeviationIndicator deviation = new StandardDeviationIndicator(close, 20);
    private final BollingerBandsLowerIndicator lower = new BollingerBandsLowerIndicator(middle, deviation);
    private final BollingerBandsUpperIndicator upper = new BollingerBandsUpperIndicator(middle, deviation);
    private final SMAIndicator volume20 = new SMAIndicator(volume, 20);

    private final IchimokuTenkanSenIndicator tenkan = new IchimokuTenkanSenIndicator(bars, 9);
    private final IchimokuKijunSenIndicator kijun = new IchimokuKijunSenIndicator(bars, 26);
    private final IchimokuSenkouSpanAIndicator spanA =
            new IchimokuSenkouSpanAIndicator(bars, tenkan, kijun, CLOUD_SHIFT);
    private final IchimokuSenkouSpanBIndicator spanB = new IchimokuSenkouSpanBIndicator(bars, 52, CLOUD_SHIFT);

    private final HighestValueIndicator high19 = new HighestValueIndicator(high, 19);
    private final LowestValueIndicator low19 = new LowestValueIndicator(low, 19);
    private final HighestValueIndicator high15 = new HighestValueIndicator(high, 15);
    private final LowestValueIndicator low15 = new LowestValueIndicator(low, 15);
    private final HighestValueIndicator high10 = new HighestValueIndicator(high, 10);
    private final LowestValueIndicator low10 = new LowestValueIndicator(low, 10);
    private final LowestValueIndicator low5 = new LowestValueIndicator(low, 5);
    private final HighestValueIndicator close10 = new HighestValueIndicator(close, 10);
    private final LowestValueIndicator closeLow10 = new LowestValueIndicator(close, 10);
    private final SMAIndicator volume15 = new SMAIndicator(volume, 15);
    private final SMAIndicator volume10 = new SMAIndicator(volume, 10);
    private final SMAIndicator volume5 = new SMAIndicator(volume, 5);

    private final double[] values = new double[IndicatorBenchmark.VALUES];
    private int newest;
    private int filled;

    void add(Candle candle) {
        bars.barBuilder()
                .timePeriod(PERIOD)
                .endTime(Instant.ofEpochMilli(candle.openTime()).plus(PERIOD))
                .openPrice(candle.open())
                .highPrice(candle.high())
                .lowPrice(candle.low())
                .closePrice(candle.close())
                .volume(candle.volume())
                .add();
    }

    double[] values() {
        newest = bars.getEndIndex();
        filled = 0;
        averages();
        oscillators();
        bands();
        cloud();
        levels();
        return values;
    }

    private void averages() {
        newest(ema8);
        newest(ema9);
        newest(ema21);
        newest(ema50);
        newest(ema80);
        newest(ema8);
        newest(ema9);
        newest(ema20);
        newest(ema30);
        newest(ema80);
    }

    private void oscillators() {
        newest(macd);
        newest(macdSignal);
        newest(macdHistogram);
        newest(rsi14);
        newest(rsi2);
        newest(atr);
        newest(adx);
    }

    private void bands() {
        add(lower, newest);
        add(middle, newest);
        add(upper, newest);
        add(mean10, newest);
        add(volume20, newest);
    }

    private void cloud() {
        for (var index = newest - 1; index <= newest; index++) {
            add(tenkan, index);
            add(kijun, index);
        }
        add(spanA, newest);
        add(spanB, newest);
    }

    private void levels() {
        add(high19, newest - 1);
        add(low19, newest - 1);
        add(high15, newest - 5);
        add(low15, newest - 5);
        add(high10, newest - 10);
        add(low10, newest - 10);
        add(low10, newest);
        add(low5, newest);
        add(close10, newest);
        add(closeLow10, newest);
        add(mean10, newest);
        add(volume15, newest - 5);
        add(volume10, newest - 10);
        add(volume5, newest - 5);
        add(volume5, newest);
    }

    private void newest(Indicator<Num> indicator) {
        add(indicator, newest);
        add(indicator, newest - 1);
    }

    private void add(Indicator<Num> indicator, int index) {
        values[filled++] = indicator.getValue(index).doubleValue();
    }
}
