package io.tabot.signal;

import io.tabot.config.ConfigView;
import io.tabot.config.ConfigView.CandleUse;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The candles that the SignalActors hold, wherever they are. A symbol that is not watched is not woken for it. */
public final class ActorWindows implements CandleHistory {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    private final Function<Symbol, RecipientRef<SignalActor.Command>> actors;
    private final ConfigView config;
    private final Scheduler scheduler;

    public ActorWindows(
            Function<Symbol, RecipientRef<SignalActor.Command>> actors, ConfigView config, Scheduler scheduler) {
        this.actors = actors;
        this.config = config;
        this.scheduler = scheduler;
    }

    @Override
    public CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        var isHeld = config.current()
                .filter(inForce -> inForce.useOf(symbol, timeframe) != CandleUse.NONE)
                .isPresent();
        return isHeld ? ask(symbol, timeframe, openTime, count) : CompletableFuture.completedStage(List.of());
    }

    private CompletionStage<List<Candle>> ask(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        return AskPattern.<SignalActor.Command, HeldCandles>ask(
                        actors.apply(symbol),
                        replyTo -> new SignalActor.TellCandles(timeframe, replyTo),
                        ANSWER_MAX,
                        scheduler)
                .thenApply(held -> {
                    var older = held.candles().stream()
                            .filter(candle -> candle.openTime() < openTime)
                            .toList();
                    return older.subList(Math.max(0, older.size() - count), older.size());
                });
    }
}
