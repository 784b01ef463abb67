package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import io.tabot.signal.CandleRejection;
import io.tabot.signal.CandleRejections;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CandleIntakeTest {
    private static final Instant NOW = Instant.parse("2026-05-04T12:30:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CandleRejections rejections = new CandleRejections(meters, clock);
    private final CandleIntake intake = new CandleIntake(rejections, meters, clock);
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void takesTheCandleThatHasJustClosed() {
        var taken = take("2026-05-04T11:00:00Z");

        assertThat(taken).extracting(CandleMessage::timeframe).containsExactly(Timeframe.ONE_HOUR);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void refusesACandleFromTheFutureForGood() {
        var taken = take("2027-01-01T00:00:00Z");

        assertThat(taken).isEmpty();
        assertThat(acknowledged).hasValue(1);
        assertThat(rejections.count(CandleRejection.FUTURE)).isEqualTo(1);
    }

    private List<CandleMessage> take(String openTime) {
        var body = """
                {"open_time":"%s","open":1,"high":2,"low":1,"close":1,"volume":1}""";
        return intake.take(
                new NativeCandleDecoder(),
                "candles.BTCUSDT.1h",
                body.formatted(openTime).getBytes(StandardCharsets.UTF_8),
                CandleIntake.Delivery.PLAIN,
                new CountingAcknowledgement());
    }

    private final class CountingAcknowledgement implements Acknowledgement {
        @Override
        public void done() {
            acknowledged.incrementAndGet();
        }

        @Override
        public void retry() {
            throw new AssertionError("nothing to try again");
        }
    }
}
