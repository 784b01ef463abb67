package io.tabot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ConfigMeters;
import io.tabot.config.ConfigView;
import io.tabot.nats.NatsConnection;
import io.tabot.nats.NatsVerdicts;
import io.tabot.ops.Health;
import io.tabot.ops.HealthEvaluator;
import io.tabot.ops.HealthEvaluator.Finding;
import io.tabot.ops.HealthEvaluator.Verdict;
import io.tabot.signal.CandleSource;
import io.tabot.signal.SignalMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at this node now and then and says on NATS whether its signals can be relied on. Of several nodes only one
 * speaks, as there is one subject for all; each has its verdict in its metrics.
 */
final class HealthReporter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReporter.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** The name that those who listen know the service by. */
    private static final String SUBSYSTEM = "bot-ta-analysis";

    /** A candle of the fastest timeframe may come so late. */
    private static final Duration LATE_MAX = Duration.ofSeconds(60);

    /** What is looked at. */
    record Parts(
            String environment,
            NatsConnection nats,
            CandleSource source,
            SignalMetrics signals,
            ConfigMeters config,
            ConfigView view,
            Health health) {}

    private final Parts parts;
    private final NatsVerdicts verdicts;
    private final BooleanSupplier isSpeaker;
    private final HealthEvaluator evaluator = new HealthEvaluator();
    private volatile Finding finding = new Finding(Verdict.UNKNOWN, "nothing was seen yet");

    HealthReporter(Parts parts, String subject, BooleanSupplier isSpeaker, MeterRegistry meters) {
        this.parts = parts;
        this.verdicts = new NatsVerdicts(parts.nats(), subject);
        this.isSpeaker = isSpeaker;
        Gauge.builder("ta_bot_health_verdict", this, reporter -> number(reporter.finding.verdict()))
                .description("1 while this node judges itself healthy, 0 unhealthy, -1 unknown")
                .register(meters);
    }

    @Override
    public void run() {
        try {
            var next = evaluator.take(sample());
            if (next.verdict() != finding.verdict()) {
                LOG.atInfo()
                        .addKeyValue("verdict", id(next.verdict()))
                        .log("the verdict on this node is {}: {}", id(next.verdict()), next.reason());
            }
            finding = next;
            if (isSpeaker.getAsBoolean()) {
                var _ = verdicts.publish(message(next));
            }
        } catch (RuntimeException e) {
            // One that is thrown ends the schedule.
            LOG.error("no verdict could be found", e);
        }
    }

    private HealthEvaluator.Sample sample() {
        var work = parts.signals().work();
        return new HealthEvaluator.Sample(
                parts.nats().connected(),
                candles(work),
                work.evaluations(),
                work.seconds(),
                work.signals(),
                revision());
    }

    private Optional<String> candles(SignalMetrics.Work work) {
        var cold = parts.signals().coldSeries();
        if (cold > 0) {
            return Optional.of("the history of " + cold + " series can't be read");
        }
        var interval = parts.config().shortestInterval();
        var received = Objects.requireNonNullElse(parts.source().health().lastCandle(), Instant.EPOCH);
        var last = received.isAfter(work.lastCandle()) ? received : work.lastCandle();
        var silence = Duration.between(last, parts.health().now());
        var patience = interval.multipliedBy(2).plus(LATE_MAX);
        return interval.isPositive() && silence.compareTo(patience) > 0
                ? Optional.of("no candle for " + silence.toSeconds() + " s, with candles of " + interval.toSeconds()
                        + " s configured")
                : Optional.empty();
    }

    private long revision() {
        return parts.view().current().map(now -> now.state().revision()).orElse(0L);
    }

    private byte[] message(Finding now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("subsystem", SUBSYSTEM);
        fields.put("verdict", id(now.verdict()));
        fields.put("reason", now.reason());
        fields.put(
                "timestamp", parts.health().now().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("service", "ta-bot");
        fields.put("version", parts.health().build().version());
        fields.put("environment", parts.environment());
        fields.put("config_revision", revision());
        var checks = new LinkedHashMap<String, Object>();
        parts.health()
                .checks()
                .forEach(check -> checks.put(check.name(), check.status().id()));
        fields.put("checks", checks);
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Verdict verdict) {
        return switch (verdict) {
            case HEALTHY -> 1;
            case UNHEALTHY -> 0;
            case UNKNOWN -> -1;
        };
    }

    private static String id(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
