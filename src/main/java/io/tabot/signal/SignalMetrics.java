package io.tabot.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tabot.market.Timeframe;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the actors of a node count. Safe on any thread. */
public final class SignalMetrics implements Rejections {
    /** Why a candle that came in was not evaluated. */
    public enum Ignored {
        /** Its symbol or timeframe is not configured. */
        NOT_CONFIGURED,
        /** Held and evaluated already. */
        DUPLICATE,
        /** Older than the last evaluated one; it took its place in the window. */
        LATE,
        /** Kept for strategies that run on a lower timeframe and look at this one. */
        HIGHER_TIMEFRAME
    }

    private static final Logger LOG = LoggerFactory.getLogger(SignalMetrics.class);

    private final MeterRegistry meters;
    private final Map<Timeframe, Counter> candles = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, Counter> missing = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, Counter> higherMissing = new EnumMap<>(Timeframe.class);
    private final Map<Ignored, Counter> ignored = new EnumMap<>(Ignored.class);
    private final Timer evaluation;
    private final Counter publishFailures;
    private final AtomicInteger coldSeries = new AtomicInteger();

    public SignalMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (var timeframe : Timeframe.values()) {
            candles.put(timeframe, counter("ta_bot_candles_in", "Candles evaluated", "timeframe", timeframe.id()));
            missing.put(
                    timeframe,
                    counter(
                            "ta_bot_candles_missing",
                            "Candles that no history could give",
                            "timeframe",
                            timeframe.id()));
            higherMissing.put(
                    timeframe,
                    counter(
                            "ta_bot_higher_candles_missing",
                            "Evaluations without the newest candle of a higher timeframe",
                            "timeframe",
                            timeframe.id()));
        }
        for (var reason : Ignored.values()) {
            ignored.put(
                    reason, counter("ta_bot_candles_ignored", "Candles taken and not evaluated", "reason", id(reason)));
        }
        Gauge.builder("ta_bot_series_without_history", coldSeries, AtomicInteger::get)
                .description("Symbols and timeframes whose history could not be read")
                .register(meters);
        evaluation = Timer.builder("ta_bot_evaluation")
                .description("Indicators and strategies on one candle")
                .register(meters);
        publishFailures = counter("ta_bot_publish_failures", "Tries to store the signals of a candle that failed");
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(meters);
    }

    void candle(Timeframe timeframe) {
        of(candles, timeframe).increment();
    }

    void ignored(Ignored reason) {
        of(ignored, reason).increment();
    }

    void missing(Timeframe timeframe, long count) {
        of(missing, timeframe).increment(count);
    }

    /** Strategies that read this timeframe while they run on a lower one were not shown it, and stayed silent. */
    void higherMissing(Timeframe higher) {
        of(higherMissing, higher).increment();
    }

    /** The history before a series could not be read, or now it was. */
    void cold(Series series, boolean isCold) {
        if (series.isCold() != isCold) {
            series.cold(isCold);
            coldSeries.addAndGet(isCold ? 1 : -1);
        }
    }

    /** How many series go without the history that they should have. */
    public int coldSeries() {
        return coldSeries.get();
    }

    Timer.Sample startEvaluation() {
        return Timer.start(meters);
    }

    void evaluated(Timer.Sample sample) {
        sample.stop(evaluation);
    }

    void publishFailed() {
        publishFailures.increment();
    }

    void signal(Signal signal) {
        counter(
                        "ta_bot_signals_generated",
                        "Signals, sent or withheld",
                        "strategy",
                        signal.strategyId(),
                        "symbol",
                        signal.symbol().name(),
                        "timeframe",
                        signal.timeframe().id(),
                        "action",
                        id(signal.action()))
                .increment();
    }

    @Override
    public void rejected(String strategyId, Reason reason) {
        rejected(strategyId, id(reason));
    }

    @Override
    public void failed(String strategyId, Throwable cause) {
        rejected(strategyId, "failed");
        LOG.error("strategy {} failed", strategyId, cause);
    }

    private void rejected(String strategyId, String reason) {
        counter(
                        "ta_bot_signals_rejected",
                        "Decisions that did not become a signal",
                        "strategy",
                        strategyId,
                        "reason",
                        reason)
                .increment();
    }

    private static String id(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }
}
