package io.tabot.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tabot.demo.DemoCandles;
import io.tabot.market.Candle;
import io.tabot.market.CandleRows;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;

/** Candles of one symbol and timeframe, and what an evaluation of any of them would have been shown. */
public final class SampleSeries {
    private static final int WINDOW = 250;

    /** What a running service holds. */
    public static final int LONG_WINDOW = 300;

    private final String name;
    private final Timeframe timeframe;
    private final List<Candle> candles;
    private final CandleWindow window;
    private final HigherCandles higher;

    public SampleSeries(String name, Timeframe timeframe, List<Candle> candles) {
        this(name, timeframe, candles, HigherCandles.NONE);
    }

    private SampleSeries(String name, Timeframe timeframe, List<Candle> candles, HigherCandles higher) {
        this.name = name;
        this.timeframe = timeframe;
        this.candles = List.copyOf(candles);
        this.higher = higher;
        this.window = new CandleWindow(candles.size());
        candles.forEach(window::insert);
    }

    /** A recorded one, with the timeframe that it was evaluated as. */
    public static SampleSeries recorded(String name) {
        var line = Golden.signalLines(name).findFirst().orElseThrow();
        var timeframe = Timeframe.of(line.get("timeframe").asText()).orElseThrow();
        return new SampleSeries(name, timeframe, Windows.candles(Golden.candles(name)));
    }

    /** The candles that come with the demo. */
    public static SampleSeries demo(Symbol symbol) {
        var resource = "/demo/" + symbol + "-" + DemoCandles.TIMEFRAME + ".csv";
        var rows = new CandleRows();
        var lines = new BufferedReader(new InputStreamReader(SampleSeries.class.getResourceAsStream(resource), UTF_8))
                .lines();
        var candles = lines.skip(1).map(rows::next).toList();
        return new SampleSeries(symbol.name(), DemoCandles.TIMEFRAME, candles);
    }

    /** Generated ones of several volatilities; the one of 15 minutes is long enough for its higher timeframes. */
    public static List<SampleSeries> generated(long seed) {
        return List.of(
                generated(Timeframe.FIVE_MINUTES, 0.0015, seed, 2000),
                generated(Timeframe.FIFTEEN_MINUTES, 0.004, seed + 1, 12_000),
                generated(Timeframe.ONE_DAY, 0.02, seed + 2, 2000));
    }

    private static SampleSeries generated(Timeframe timeframe, double volatility, long seed, int count) {
        var candles = RegimeCandles.of(seed, timeframe, volatility, count);
        var timeframes = Configs.CATALOG.strategies().stream()
                .flatMap(strategy -> strategy.definition().higherTimeframes(timeframe).stream())
                .distinct()
                .toList();
        return new SampleSeries("generated", timeframe, candles, new HigherSeries(timeframe, candles, timeframes));
    }

    public String name() {
        return name;
    }

    public Timeframe timeframe() {
        return timeframe;
    }

    public List<Candle> candles() {
        return candles;
    }

    public int length() {
        return candles.size();
    }

    /** At most so many candles, the last of them at the index; the shorter view has no more than a live one. */
    public CandleViews views(int last, int length) {
        var openTime = candles.get(last).openTime();
        return new CandleViews(
                window.asOf(openTime, Math.min(length, WINDOW)),
                window.asOf(openTime, Math.min(length, LONG_WINDOW)),
                higher);
    }
}
