package io.tabot.cli;

import io.tabot.cli.Firings.Firing;
import io.tabot.market.CandleViews;
import io.tabot.strategy.EvaluationContext;
import io.tabot.testing.SampleSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The averages and bands that a rule reads by default, for drawings. */
final class SignalLines {
    /** @param name empty for a line that shares the name and colour of the one before, like the other band */
    record Line(String name, int colour, double[] values) {}

    /** The value at a candle. */
    private interface Value {
        double at(EvaluationContext context, int index);
    }

    private record Definition(String name, int colour, Value value) {}

    private static final Map<String, List<Definition>> LINES = Map.ofEntries(
            Map.entry("momentum_pulse", emas(21, 50)),
            Map.entry("band_fade_reversal", bands()),
            Map.entry("golden_trend_sync", emas(21, 50)),
            Map.entry("mean_reversion_scalper", with(bands(), ema(21, 1))),
            Map.entry("ichimoku_cloud_momentum", cloud()),
            Map.entry("multi_timeframe_trend_continuation", emas(21, 50)),
            Map.entry("ema_alignment_bullish", adjusted(8, 80)),
            Map.entry("bollinger_squeeze_alert", bands()),
            Map.entry("bollinger_breakout_signals", bands()),
            Map.entry("inside_bar_breakout", adjusted(8, 80)),
            Map.entry("ema_pullback_continuation", adjusted(9, 20, 30)),
            Map.entry("ema_momentum_reversal", adjusted(9)),
            Map.entry("fox_trap_reversal", adjusted(8, 20, 80)),
            Map.entry("bear_trap_buy", emas(80)),
            Map.entry("inside_bar_sell", emas(8, 80)),
            Map.entry("shooting_star_reversal", means(20)),
            Map.entry("doji_reversal", means(10)),
            Map.entry("ema_alignment_bearish", emas(8, 80)),
            Map.entry("ema_slope_reversal_sell", emas(9)),
            Map.entry("minervini_trend_template", means(50, 150, 200)),
            Map.entry("bear_trap_sell", emas(80)));

    private SignalLines() {}

    /** Over so many candles before and after the signal; NaN where a line is not known. */
    static List<Line> of(Firing firing, int before, int after) {
        var series = firing.series();
        var last = firing.index() + after;
        // All that came before: one evaluation gives every point, and at most the start of an average differs.
        var views = series.views(last, Math.min(last + 1, SampleSeries.LONG_WINDOW));
        var context = new EvaluationContext();
        context.begin(
                new CandleViews(views.longWindow(), views.longWindow(), views.higher()),
                series.timeframe(),
                firing.ruleSet());
        var first = context.newest() - after - before;
        var lines = new ArrayList<Line>();
        for (var definition : LINES.getOrDefault(firing.signal().strategyId(), List.of())) {
            var values = IntStream.rangeClosed(first, context.newest())
                    .mapToDouble(i -> definition.value().at(context, i))
                    .toArray();
            lines.add(new Line(definition.name(), definition.colour(), values));
        }
        return lines;
    }

    private static List<Definition> emas(int... periods) {
        return IntStream.range(0, periods.length)
                .mapToObj(i -> ema(periods[i], i))
                .toList();
    }

    private static Definition ema(int period, int colour) {
        return new Definition("EMA " + period, colour, (context, i) -> context.ema(period)[i]);
    }

    private static List<Definition> adjusted(int... periods) {
        return IntStream.range(0, periods.length)
                .mapToObj(n ->
                        new Definition("average " + periods[n], n, (context, i) -> context.emaAdjusted(periods[n])[i]))
                .toList();
    }

    private static List<Definition> means(int... periods) {
        return IntStream.range(0, periods.length)
                .mapToObj(n ->
                        new Definition("mean " + periods[n], n, (context, i) -> context.movingAverage(periods[n], i)))
                .toList();
    }

    private static List<Definition> bands() {
        return List.of(
                new Definition("Bollinger bands", 0, (context, i) -> band(context, i, -2)),
                new Definition("", 0, (context, i) -> band(context, i, 0)),
                new Definition("", 0, (context, i) -> band(context, i, 2)));
    }

    private static double band(EvaluationContext context, int index, int deviations) {
        return context.movingAverage(20, index) + deviations * context.deviation(20, index);
    }

    private static List<Definition> cloud() {
        return List.of(
                new Definition("base line", 1, (context, i) -> context.midpoint(26, i)),
                new Definition(
                        "cloud",
                        0,
                        (context, i) ->
                                i < 26 ? Double.NaN : (context.midpoint(9, i - 26) + context.midpoint(26, i - 26)) / 2),
                new Definition("", 0, (context, i) -> i < 26 ? Double.NaN : context.midpoint(52, i - 26)));
    }

    private static List<Definition> with(List<Definition> definitions, Definition one) {
        var all = new ArrayList<>(definitions);
        all.add(one);
        return all;
    }
}
