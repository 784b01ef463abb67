package io.tabot.nats;

import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the extractor's notices into the closed candles that it has stored. A notice is done when all of its candles
 * are; it comes again when they can't be read, as far as its source repeats anything. Blocks while they are read.
 */
final class ExtractionIntake implements MessageIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ExtractionIntake.class);

    /** As many as a window holds. */
    private static final int CANDLES = 300;

    private static final Duration READ_MAX = Duration.ofSeconds(15);

    /** For so long after a failure nothing is read, so that a pile of notices does not wait for it one by one. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final CandleIntake intake;
    private final CandleHistory history;
    private final Duration recent;
    private final Clock clock;
    private final HandedOn handedOn = new HandedOn();
    private final CandleDecoder decoder = new ExtractionDecoder();
    private final Outage outage = new Outage(LOG, "Reading the candles that notices tell of does not work");
    private volatile long readAgainAt;
    private volatile BiConsumer<Symbol, Timeframe> pastFilled = (symbol, timeframe) -> {};

    /** @param recent how long ago a candle may have closed that is the first of its series to be handed on */
    ExtractionIntake(CandleIntake intake, CandleHistory history, Duration recent, Clock clock) {
        this.intake = intake;
        this.history = history;
        this.recent = recent;
        this.clock = clock;
    }

    /** Who is told that gaps were filled. */
    void onPastFilled(BiConsumer<Symbol, Timeframe> listener) {
        pastFilled = listener;
    }

    @Override
    public List<CandleMessage> take(String subject, byte[] body, CandleIntake.Delivery delivery, Acknowledgement ack) {
        return switch (CandleIntake.decode(decoder, subject, body)) {
            case Decoded.Notice notice
            when notice.isPast() -> {
                notice.symbols().forEach(symbol -> pastFilled.accept(symbol, notice.timeframe()));
                ack.done();
                yield List.of();
            }
            case Decoded.Notice notice -> read(notice, delivery, ack);
            case Decoded.Candles _, Decoded.NotForUs _ -> {
                ack.done();
                yield List.of();
            }
            case Decoded.Rejected(var reason, var detail) -> {
                intake.refuse(reason, subject, detail, ack);
                yield List.of();
            }
        };
    }

    private List<CandleMessage> read(Decoded.Notice notice, CandleIntake.Delivery delivery, Acknowledgement ack) {
        var now = clock.millis();
        if (now < readAgainAt) {
            ack.retry();
            return List.of();
        }
        try {
            var candles = missing(notice, now);
            outage.over();
            return handOn(candles, notice.timeframe(), delivery, ack);
        } catch (RuntimeException e) {
            readAgainAt = clock.millis() + REST.toMillis();
            outage.failed(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
            ack.retry();
            return List.of();
        }
    }

    private Map<Symbol, List<Candle>> missing(Decoded.Notice notice, long now) {
        var timeframe = notice.timeframe();
        var reads = new LinkedHashMap<Symbol, CompletableFuture<List<Candle>>>();
        notice.symbols()
                .forEach(symbol -> reads.put(
                        symbol,
                        history.before(symbol, timeframe, now, CANDLES)
                                .toCompletableFuture()
                                .orTimeout(READ_MAX.toMillis(), TimeUnit.MILLISECONDS)));
        var missing = new LinkedHashMap<Symbol, List<Candle>>();
        reads.forEach((symbol, read) -> {
            var closed = read.join().stream()
                    .filter(candle -> timeframe.closeTime(candle.openTime()) < now)
                    .toList();
            missing.put(symbol, handedOn.missing(symbol, timeframe, closed, now - recent.toMillis()));
        });
        return missing;
    }

    private List<CandleMessage> handOn(
            Map<Symbol, List<Candle>> candles,
            Timeframe timeframe,
            CandleIntake.Delivery delivery,
            Acknowledgement ack) {
        var count = candles.values().stream().mapToInt(List::size).sum();
        if (count == 0) {
            ack.done();
            return List.of();
        }
        intake.received(count);
        var shares = SharedAcknowledgement.of(ack, count);
        var messages = new ArrayList<CandleMessage>(count);
        candles.forEach((symbol, series) -> series.forEach(candle -> messages.add(new CandleMessage(
                symbol,
                timeframe,
                candle,
                delivery.repeated(),
                0,
                noting(symbol, timeframe, candle, shares.get()),
                delivery.trace()))));
        return messages;
    }

    /** One that went back to its source has to be handed on again. */
    private Acknowledgement noting(Symbol symbol, Timeframe timeframe, Candle candle, Acknowledgement share) {
        return new Acknowledgement() {
            @Override
            public void done() {
                handedOn.add(symbol, timeframe, candle);
                share.done();
            }

            @Override
            public void retry() {
                share.retry();
            }
        };
    }
}
