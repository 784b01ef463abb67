package io.tabot.signal;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.HigherScratch;
import io.tabot.market.HigherViews;
import io.tabot.market.Timeframe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The higher timeframes of one symbol that its strategies look at while they run on lower ones. Their candles are kept
 * apart from those that are evaluated, so that one may run ahead of the other.
 */
final class ReadAlong {
    private final Map<Timeframe, HigherSeries> kept = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, TimeframeState> evaluated;
    private final SignalMetrics metrics;
    private final HigherScratch scratch = new HigherScratch();
    private Map<Timeframe, List<Timeframe>> read = Map.of();

    /** @param evaluated the series of the same symbol that strategies run on */
    ReadAlong(Map<Timeframe, TimeframeState> evaluated, SignalMetrics metrics) {
        this.evaluated = evaluated;
        this.metrics = metrics;
    }

    /** The configuration from now on. What no strategy reads any more is forgotten: it would only go stale. */
    void use(EffectiveConfig config) {
        read = config.higherTimeframes();
        kept.values().removeIf(series -> {
            var isDropped = !isRead(series.timeframe);
            if (isDropped) {
                metrics.cold(series, false);
            }
            return isDropped;
        });
    }

    /** A series that strategies run on, with room to see the higher ones. */
    TimeframeState state(Timeframe timeframe) {
        return new TimeframeState(timeframe, scratch);
    }

    /** Those that strategies read while they run on this one, the lowest first. */
    List<Timeframe> of(Timeframe base) {
        return read.getOrDefault(base, List.of());
    }

    boolean isRead(Timeframe timeframe) {
        return read.values().stream().anyMatch(higher -> higher.contains(timeframe));
    }

    void keep(Timeframe timeframe, Candle candle) {
        var _ = series(timeframe).window.insert(candle);
    }

    /** Whether anybody has looked at this timeframe yet. */
    boolean isKept(Timeframe timeframe) {
        return kept.containsKey(timeframe);
    }

    Optional<HigherSeries> find(Timeframe timeframe) {
        return Optional.ofNullable(kept.get(timeframe));
    }

    /** All candles of a timeframe, evaluated ones or those kept for strategies on lower ones. */
    HeldCandles held(Timeframe timeframe) {
        Series series = evaluated.containsKey(timeframe) ? evaluated.get(timeframe) : kept.get(timeframe);
        return new HeldCandles(series == null ? List.of() : series.candles());
    }

    /** Lets the strategies that run on this timeframe see the higher ones. */
    void connect(TimeframeState state) {
        for (var higher : of(state.timeframe)) {
            state.higher.read(higher, series(higher).window);
        }
    }

    boolean lacksHistoryBefore(TimeframeState state, Candle candle) {
        for (var higher : of(state.timeframe)) {
            if (series(higher).lacksHistoryBefore(unfinished(higher, state.timeframe, candle))) {
                return true;
            }
        }
        return false;
    }

    /** What the windows lack before this candle. */
    HistoryReader.Question questionBefore(TimeframeState state, SignalActor.Observe observe) {
        var openTimes = toAsk(state, observe.candle());
        if (state.lacksHistoryBefore(observe.candle())) {
            openTimes.put(state.timeframe, observe.candle().openTime());
        }
        return new HistoryReader.Question(observe, openTimes);
    }

    /** Everything that one candle of the past needs, whatever the windows hold by now. */
    HistoryReader.Question questionBefore(SignalActor.Observe orphan) {
        var openTimes = before(orphan.timeframe(), orphan.candle());
        openTimes.put(orphan.timeframe(), orphan.candle().openTime());
        return new HistoryReader.Question(orphan, openTimes);
    }

    /** Windows of its own for a candle of the past, out of what was read for it. */
    CandleViews viewsOf(SignalActor.Observe orphan, Map<Timeframe, List<Candle>> candles) {
        var window = Series.windowOf(candles.getOrDefault(orphan.timeframe(), List.of()));
        var _ = window.insert(orphan.candle());
        var higher = new HigherViews(orphan.timeframe(), window);
        of(orphan.timeframe())
                .forEach(timeframe ->
                        higher.read(timeframe, Series.windowOf(candles.getOrDefault(timeframe, List.of()))));
        return TimeframeState.viewsOf(window, higher);
    }

    /** Of those that lack history before this candle, up to where to ask for it; notes that it is asked for. */
    private Map<Timeframe, Long> toAsk(TimeframeState state, Candle candle) {
        var openTimes = before(state.timeframe, candle);
        openTimes.entrySet().removeIf(higher -> !series(higher.getKey()).lacksHistoryBefore(higher.getValue()));
        openTimes.forEach((higher, openTime) -> series(higher).asked(openTime));
        return openTimes;
    }

    /** Of all of them, before which open time candles of a higher timeframe are history when this candle closes. */
    private Map<Timeframe, Long> before(Timeframe base, Candle candle) {
        var openTimes = new EnumMap<Timeframe, Long>(Timeframe.class);
        of(base).forEach(higher -> openTimes.put(higher, unfinished(higher, base, candle)));
        return openTimes;
    }

    /** The open time of the higher candle that this one is in: not closed before it. */
    private static long unfinished(Timeframe higher, Timeframe base, Candle candle) {
        return higher.openTime(base.closeTime(candle.openTime()));
    }

    private HigherSeries series(Timeframe timeframe) {
        return kept.computeIfAbsent(timeframe, this::begun);
    }

    /** With what is held already because strategies run on that timeframe too. */
    private HigherSeries begun(Timeframe timeframe) {
        var series = new HigherSeries(timeframe);
        var same = evaluated.get(timeframe);
        if (same != null) {
            same.candles().forEach(series.window::insert);
        }
        return series;
    }
}
