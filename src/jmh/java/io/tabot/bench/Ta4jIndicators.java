package io.tabot.bench;

import io.tabot.market.Candle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
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
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** The same indicators in ta4j, with its fast DoubleNum and its caches, over a series that keeps 250 bars. */
final class Ta4jIndicators {
    private static final Duration PERIOD = Duration.ofHours(4);

    private final BarSeries bars = new BaseBarSeriesBuilder()
            .withNumFactory(DoubleNumFactory.getInstance())
            .withMaxBarCount(IndicatorBenchmark.LENGTH)
            .build();
    private final List<Indicator<Num>> atNewest;
    private final Indicator<Num> highest = new HighestValueIndicator(new HighPriceIndicator(bars), 19);
    private final Indicator<Num> lowest = new LowestValueIndicator(new LowPriceIndicator(bars), 19);

    Ta4jIndicators() {
        var close = new ClosePriceIndicator(bars);
        var macd = new MACDIndicator(close, 12, 26);
        var middle = new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20));
        var deviation = new StandardDeviationIndicator(close, 20);
        atNewest = List.of(
                new RSIIndicator(close, 14),
                new RSIIndicator(close, 2),
                macd,
                macd.getSignalLine(9),
                macd.getHistogram(9),
                new ADXIndicator(bars, 14),
                new EMAIndicator(close, 21),
                new EMAIndicator(close, 50),
                new BollingerBandsLowerIndicator(middle, deviation),
                middle,
                new BollingerBandsUpperIndicator(middle, deviation),
                new SMAIndicator(new VolumeIndicator(bars), 20));
    }

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
        var newest = bars.getEndIndex();
        var values = new double[atNewest.size() + 2];
        for (var i = 0; i < atNewest.size(); i++) {
            values[i] = atNewest.get(i).getValue(newest).doubleValue();
        }
        values[values.length - 2] = highest.getValue(newest - 1).doubleValue();
        values[values.length - 1] = lowest.getValue(newest - 1).doubleValue();
        return values;
    }
}
