package io.tabot.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /**
     * What the actors have done since the start.
     *
     * @param lastCandle when one was last evaluated, or the start
     * @param seconds that all evaluations have taken
     */
    public record Work(Instant lastCandle, long evaluations, double seconds, long signals) {}

    private record Rejection(String strategyId, String reason) {}

    private static final Logger LOG = LoggerFactory.getLogger(SignalMetrics.class);

    /** Where the buckets of the delay end: from what is usual to what makes signals too old to be sent. */
    private static final Duration[] DELAYS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300)
    };

    private static final Map<Reason, String> REASONS = Arrays.stream(Reason.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), SignalMetrics::id));

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Timeframe, Counter> candles = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, Counter> missing = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, Counter> higherMissing = new EnumMap<>(Timeframe.class);
    private final Map<Ignored, Counter> ignored = new EnumMap<>(Ignored.class);
    private final Timer evaluation;
    private final Timer delay;
    private final AtomicLong lastCandle;
    private final AtomicLong lastSignal;
    private final LongAdder signals = new LongAdder();
    private final Counter publishFailures;
    private final SignalTallies tallies = new SignalTallies();
    /** Kept here too: the registry looks them up by sorting and hashing their labels. */
    private final Map<Rejection, Counter> rejections = new ConcurrentHashMap<>();

    private final AtomicInteger coldSeries = new AtomicInteger();

    public SignalMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.lastCandle = timeOf("ta_bot_last_candle_timestamp", "When a candle was last evaluated, or the start");
        this.lastSignal = timeOf("ta_bot_last_signal_timestamp", "When a signal was last generated, or the start");
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
        delay = Timer.builder("ta_bot_candle_delay")
                .description("From the close of a candle to its evaluation")
                .serviceLevelObjectives(DELAYS)
                .register(meters);
        publishFailures = counter("ta_bot_publish_failures", "Tries to store the signals of a candle that failed");
    }

    private AtomicLong timeOf(String name, String description) {
        var millis = new AtomicLong(clock.millis());
        Gauge.builder(name, millis, time -> time.get() / 1000.0)
                .description(description)
                .baseUnit("seconds")
                .register(meters);
        return millis;
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(meters);
    }

    /** It is evaluated now. */
    void candle(Timeframe timeframe, Candle candle) {
        of(candles, timeframe).increment();
        var now = clock.millis();
        lastCandle.set(now);
        delay.record(Math.max(0, now - timeframe.closeTime(candle.openTime())), TimeUnit.MILLISECONDS);
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

    public Work work() {
        return new Work(
                Instant.ofEpochMilli(lastCandle.get()),
                evaluation.count(),
                evaluation.totalTime(TimeUnit.SECONDS),
                signals.sum());
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

    /** How many signals there were of each kind. */
    public SignalTallies tallies() {
        return tallies;
    }

    /** All of one candle. */
    void signals(List<Signal> made, SignalTally tally) {
        if (made.isEmpty()) {
            return;
        }
        lastSignal.set(clock.millis());
        signals.add(made.size());
        for (var signal : made) {
            tally.add(tallies.number(signal.strategyId()), signal.action());
        }
    }

    @Override
    public void rejected(String strategyId, Reason reason) {
        rejected(strategyId, of(REASONS, reason));
    }

    @Override
    public void failed(String strategyId, Throwable cause) {
        rejected(strategyId, "failed");
        LOG.error("strategy {} failed", strategyId, cause);
    }

    private void rejected(String strategyId, String reason) {
        var kind = new Rejection(strategyId, reason);
        var known = rejections.get(kind);
        (known == null ? rejections.computeIfAbsent(kind, this::counter) : known).increment();
    }

    private Counter counter(Rejection kind) {
        return counter(
                "ta_bot_signals_rejected",
                "Decisions that did not become a signal",
                "strategy",
                kind.strategyId(),
                "reason",
                kind.reason());
    }

    private static String id(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }
}
