package io.tabot.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every refused message by reason and logs the first of each reason, then at most one line a reason in ten
 * seconds. Safe on any thread.
 */
public final class CandleRejections {
    static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
    private static final int DETAIL_LENGTH_MAX = 200;
    private static final Logger LOG = LoggerFactory.getLogger(CandleRejections.class);

    private final Clock clock;
    private final Map<CandleRejection, Counter> counters = new EnumMap<>(CandleRejection.class);
    private final Map<CandleRejection, Quota> quotas = new EnumMap<>(CandleRejection.class);

    public CandleRejections(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        for (var reason : CandleRejection.values()) {
            counters.put(reason, counter(meters, reason));
            quotas.put(reason, new Quota());
        }
    }

    /**
     * @param origin where the message came from, e.g. its subject
     * @param detail what is wrong with it; may quote the message, only printable characters of it are logged
     */
    public void rejected(CandleRejection reason, String origin, String detail) {
        of(counters, reason).increment();
        if (reason == CandleRejection.NOT_CLOSED) {
            return;
        }
        var suppressed = of(quotas, reason).take(clock.millis());
        if (suppressed >= 0) {
            LOG.warn(
                    "Refused a candle from {}: {} ({}{})",
                    printable(origin),
                    reason.id(),
                    printable(detail),
                    suppressed == 0 ? "" : "; " + suppressed + " more since the last such line");
        }
    }

    public long count(CandleRejection reason) {
        return (long) of(counters, reason).count();
    }

    /** At most 200 characters, none of which could forge a log line or move a terminal's cursor. */
    static String printable(String text) {
        var cut = text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX - 3) + "...";
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static Counter counter(MeterRegistry meters, CandleRejection reason) {
        return Counter.builder("ta_bot_candles_rejected")
                .description("Messages that were not taken as a candle")
                .tag("reason", reason.id())
                .register(meters);
    }

    private static <T> T of(Map<CandleRejection, T> byReason, CandleRejection reason) {
        return Objects.requireNonNull(byReason.get(reason));
    }

    /** One reason's right to a log line. */
    private static final class Quota {
        private long lastLine;
        private long suppressed;
        private boolean logged;

        /** How many were suppressed since the last line, or -1 when this one has to be as well. */
        synchronized long take(long now) {
            if (logged && now - lastLine < LOG_INTERVAL.toMillis()) {
                suppressed++;
                return -1;
            }
            var before = suppressed;
            logged = true;
            lastLine = now;
            suppressed = 0;
            return before;
        }
    }
}
