package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CandleRejectionsTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(CandleRejections.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-05-04T10:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final CandleRejections rejections = new CandleRejections(meters, clock);

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
    }

    @Test
    void countsAllAndLogsTheFirstOfEachReasonThenTheNumberSuppressed() {
        for (int i = 0; i < 1000; i++) {
            rejections.rejected(CandleRejection.NOT_JSON, "candles.A.1m", "what");
        }
        rejections.rejected(CandleRejection.MISALIGNED, "candles.A.1m", "odd");
        now = now.plus(Duration.ofSeconds(10));
        rejections.rejected(CandleRejection.NOT_JSON, "candles.A.1m", "what");

        assertThat(rejections.count(CandleRejection.NOT_JSON)).isEqualTo(1001);
        assertThat(meters.counter("ta_bot_candles_rejected", "reason", "not_json")
                        .count())
                .isEqualTo(1001);
        assertThat(lines.list).hasSize(3);
        assertThat(lines.list.getLast().getFormattedMessage()).contains("999 more");
    }

    @Test
    void neverLogsMoreThanALineOfAMessageAndNothingUnprintable() {
        rejections.rejected(CandleRejection.NOT_JSON, "candles.\n.1m", "\u001b[31m" + "x".repeat(5000) + "\n");

        var line = lines.list.getFirst().getFormattedMessage();
        assertThat(line).hasSizeLessThan(300).doesNotContain("\u001b", "\n");
    }

    @Test
    void onlyCountsBarsThatAreStillForming() {
        rejections.rejected(CandleRejection.NOT_CLOSED, "candles.A.1m", "closed is false");

        assertThat(rejections.count(CandleRejection.NOT_CLOSED)).isEqualTo(1);
        assertThat(lines.list).isEmpty();
    }
}
