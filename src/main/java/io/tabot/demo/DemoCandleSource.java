package io.tabot.demo;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import io.tabot.signal.CandleSource;
import io.tabot.signal.SourceHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The candles that are yet to come in the demo, one of each symbol in turn, at a steady pace; then silence. A candle
 * that could not be dealt with does not come again.
 */
public final class DemoCandleSource implements CandleSource {
    private final List<Bar> bars;
    private final int candlesPerSecond;
    private final Clock clock;
    private final Runnable whenIdle;
    private final SharedKillSwitch drained = KillSwitches.shared("demo-candles");
    private final AtomicBoolean isRun = new AtomicBoolean();
    private final CompletableFuture<Done> ended = new CompletableFuture<>();
    private final AtomicInteger unanswered;
    private final AtomicInteger pending;
    private volatile @Nullable Instant lastCandle;

    private record Bar(Symbol symbol, Candle candle, int turn) {}

    /** @param whenIdle called once, when the last candle was dealt with */
    public DemoCandleSource(DemoCandles candles, int candlesPerSecond, Clock clock, Runnable whenIdle) {
        this.bars = DemoCandles.SYMBOLS.stream()
                .flatMap(symbol -> bars(symbol, candles.toCome(symbol)))
                // The bundled series begin and end on different days: by time, one symbol would go before the other.
                .sorted(Comparator.comparingInt(Bar::turn))
                .toList();
        this.candlesPerSecond = candlesPerSecond;
        this.clock = clock;
        this.whenIdle = whenIdle;
        this.unanswered = new AtomicInteger(bars.size());
        this.pending = new AtomicInteger(bars.size());
    }

    @Override
    public Source<CandleMessage, NotUsed> candles() {
        return Source.from(bars)
                .throttle(candlesPerSecond, Duration.ofSeconds(1))
                .map(this::message)
                .concat(Source.never())
                .via(drained.flow())
                .watchTermination((notUsed, end) -> {
                    isRun.set(true);
                    end.whenComplete((done, failure) -> ended.complete(Done.getInstance()));
                    return notUsed;
                });
    }

    @Override
    public CompletionStage<Done> drain() {
        drained.shutdown();
        return isRun.get() ? ended : CompletableFuture.completedStage(Done.getInstance());
    }

    @Override
    public SourceHealth health() {
        return new SourceHealth(true, lastCandle, pending.get());
    }

    private static Stream<Bar> bars(Symbol symbol, List<Candle> candles) {
        return IntStream.range(0, candles.size()).mapToObj(turn -> new Bar(symbol, candles.get(turn), turn));
    }

    private CandleMessage message(Bar bar) {
        lastCandle = clock.instant();
        pending.decrementAndGet();
        return new CandleMessage(bar.symbol(), DemoCandles.TIMEFRAME, bar.candle(), false, 0, new Answer());
    }

    private void answered() {
        if (unanswered.decrementAndGet() == 0) {
            whenIdle.run();
        }
    }

    /** Counts each candle once, however often it is answered. */
    private final class Answer implements Acknowledgement {
        private final AtomicBoolean isGiven = new AtomicBoolean();

        @Override
        public void done() {
            if (!isGiven.getAndSet(true)) {
                answered();
            }
        }

        @Override
        public void retry() {
            done();
        }
    }
}
