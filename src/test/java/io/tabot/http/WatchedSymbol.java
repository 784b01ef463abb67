package io.tabot.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.signal.SignalActor;
import io.tabot.signal.SignalEngine;
import io.tabot.signal.SignalMetrics;
import io.tabot.signal.Ticket;
import io.tabot.testing.Aggregates;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** A real actor of one symbol under the configuration of an API, whose signals the API remembers. */
final class WatchedSymbol {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Symbol symbol;
    private final Timeframe timeframe;
    private final RunningApi running;
    private final TestProbe<Ticket> done;
    private final ActorRef<SignalActor.Command> actor;

    WatchedSymbol(RunningApi running, Symbol symbol, Timeframe timeframe, CandleHistory history) {
        this.symbol = symbol;
        this.timeframe = timeframe;
        this.running = running;
        this.done = running.actors.createTestProbe();
        this.actor = running.actors.spawn(SignalActor.create(
                symbol,
                new SignalActor.Parts(
                        new SignalEngine(RunningApi.ENVIRONMENT),
                        history,
                        PATIENCE,
                        signals -> CompletableFuture.completedStage(
                                signals.stream().map(Publication::sent).toList()),
                        publications -> publications.forEach(this::remember),
                        new SignalMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
                        running.feed,
                        Tracer.OFF)));
    }

    /** Of this symbol and timeframe, and of higher ones as they add up to. */
    static CandleHistory history(Symbol symbol, Timeframe timeframe, List<Candle> candles) {
        return (ofSymbol, ofTimeframe, openTime, count) -> {
            if (!ofSymbol.equals(symbol) || ofTimeframe.compareTo(timeframe) < 0) {
                return CompletableFuture.completedStage(List.of());
            }
            var all = ofTimeframe == timeframe ? candles : Aggregates.of(candles, timeframe, ofTimeframe);
            var older =
                    all.stream().filter(candle -> candle.openTime() < openTime).toList();
            return completed(older.subList(Math.max(0, older.size() - count), older.size()));
        };
    }

    void observe(Candle candle) {
        actor.tell(new SignalActor.Observe(timeframe, candle, false, 0, new Ticket(0, done.ref())));
        done.receiveMessage(PATIENCE);
    }

    Symbol symbol() {
        return symbol;
    }

    private void remember(Publication publication) {
        running.signals.add(
                publication, Instant.ofEpochMilli(publication.signal().closeTime()));
    }

    private static CompletionStage<List<Candle>> completed(List<Candle> candles) {
        return CompletableFuture.completedStage(candles);
    }
}
