package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import io.tabot.signal.CandleRejection;
import io.tabot.signal.CandleRejections;
import io.tabot.trace.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns messages into candles and counts what becomes of them. Safe on any thread; never throws. */
final class CandleIntake {
    /** How far the clocks of this machine and of the market may differ. */
    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(5);

    /**
     * How a message was handed out.
     *
     * @param repeated whether it was handed out before
     * @param sequence its place in its stream, 0 without one
     * @param trace what it follows from, if its sender traces
     */
    record Delivery(
            boolean repeated, long sequence, @Nullable TraceContext trace) {
        /** Without a stream, and nothing known of it. */
        static final Delivery PLAIN = new Delivery(false, 0, null);

        /** Without a stream. */
        static Delivery plain(Message message) {
            var trace = TraceHeaders.of(message);
            return trace == null ? PLAIN : new Delivery(false, 0, trace);
        }
    }

    private final CandleRejections rejections;
    private final Counter received;
    private final Clock clock;
    private volatile @Nullable Instant lastCandle;

    CandleIntake(CandleRejections rejections, MeterRegistry meters, Clock clock) {
        this.rejections = rejections;
        this.clock = clock;
        this.received = Counter.builder("ta_bot_candles_received")
                .description("Closed candles that came in, redeliveries included")
                .register(meters);
    }

    /**
     * The candles of one message, to be acknowledged one by one. Of a message without any, {@code ack} is told at once
     * that it is done with.
     */
    List<CandleMessage> take(
            CandleDecoder decoder, String subject, byte[] body, Delivery delivery, Acknowledgement ack) {
        return switch (decode(decoder, subject, body)) {
            case Decoded.Candles candles
            when isFromTheFuture(candles) -> {
                refuse(CandleRejection.FUTURE, subject, "a candle that has not closed yet", ack);
                yield List.of();
            }
            case Decoded.Candles candles -> accept(candles, delivery, ack);
            case Decoded.Notice _, Decoded.NotForUs _ -> {
                ack.done();
                yield List.of();
            }
            case Decoded.Rejected(var reason, var detail) -> {
                refuse(reason, subject, detail, ack);
                yield List.of();
            }
        };
    }

    /** The same with one decoder for all messages. */
    MessageIntake reading(CandleDecoder decoder) {
        return (subject, body, delivery, ack) -> take(decoder, subject, body, delivery, ack);
    }

    /** Candles that did not come in the message, counted like those that do. */
    void received(int candles) {
        received.increment(candles);
        lastCandle = clock.instant();
    }

    void refuse(CandleRejection reason, String subject, String detail, Acknowledgement ack) {
        rejections.rejected(reason, subject, detail);
        ack.done();
    }

    @Nullable Instant lastCandle() {
        return lastCandle;
    }

    private boolean isFromTheFuture(Decoded.Candles decoded) {
        var latest = clock.millis() + CLOCK_DIFFERENCE_MAX.toMillis();
        for (var candle : decoded.candles()) {
            if (decoded.timeframe().closeTime(candle.openTime()) > latest) {
                return true;
            }
        }
        return false;
    }

    private List<CandleMessage> accept(Decoded.Candles decoded, Delivery delivery, Acknowledgement ack) {
        received(decoded.candles().size());
        var share = SharedAcknowledgement.of(ack, decoded.candles().size());
        var messages = new ArrayList<CandleMessage>(decoded.candles().size());
        for (var candle : decoded.candles()) {
            messages.add(new CandleMessage(
                    decoded.symbol(),
                    decoded.timeframe(),
                    candle,
                    delivery.repeated(),
                    delivery.sequence(),
                    share.get(),
                    delivery.trace()));
        }
        return messages;
    }

    static Decoded decode(CandleDecoder decoder, String subject, byte[] body) {
        try {
            return decoder.decode(subject, body);
        } catch (RuntimeException e) {
            // One message that a decoder trips over may not stop the others.
            return new Decoded.Rejected(CandleRejection.UNEXPECTED, e.toString());
        }
    }
}
