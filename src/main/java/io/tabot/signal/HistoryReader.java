package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Asks the history on behalf of one symbol's actor, which is told what came of it. */
final class HistoryReader {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A question that is not answered by then is asked again. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /**
     * What is missing before a candle.
     *
     * @param openTimes for each timeframe, which candles are meant: those that opened before
     */
    record Question(SignalActor.Observe before, Map<Timeframe, Long> openTimes) {
        private String name() {
            return before.timeframe() + "-" + before.candle().openTime();
        }

        private String giveUpTimer() {
            return "give-up-" + before.timeframe();
        }
    }

    private final Symbol symbol;
    private final SignalActor.Parts parts;
    private final ActorContext<SignalActor.Command> context;
    private final TimerScheduler<SignalActor.Command> timers;

    HistoryReader(
            Symbol symbol,
            SignalActor.Parts parts,
            ActorContext<SignalActor.Command> context,
            TimerScheduler<SignalActor.Command> timers) {
        this.symbol = symbol;
        this.parts = parts;
        this.context = context;
        this.timers = timers;
    }

    void ask(Question question) {
        context.pipeToSelf(
                read(question).orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS),
                (candles, failure) -> failure == null
                        ? new SignalActor.HistoryRead(question, candles, null)
                        : new SignalActor.HistoryRead(question, Map.of(), failure.toString()));
    }

    /** The actor is told as well when it has waited long enough. */
    void askForAWhile(Question question) {
        timers.startSingleTimer(
                question.giveUpTimer(), new SignalActor.HistoryGivenUp(question), parts.historyTimeout());
        ask(question);
    }

    void answered(Question question) {
        timers.cancel(question.giveUpTimer());
    }

    void askAgainLater(Question question, String failure) {
        context.getLog()
                .warn("no history for {} {}: {}", symbol, question.openTimes().keySet(), failure);
        timers.startSingleTimer("again-" + question.name(), new SignalActor.ReadHistoryAgain(question), PAUSE);
    }

    private CompletableFuture<Map<Timeframe, List<Candle>>> read(Question question) {
        var all = CompletableFuture.<Map<Timeframe, List<Candle>>>completedFuture(new EnumMap<>(Timeframe.class));
        for (var openTime : question.openTimes().entrySet()) {
            var timeframe = openTime.getKey();
            var candles = parts.history().before(symbol, timeframe, openTime.getValue(), Series.CAPACITY - 1);
            all = all.thenCombine(candles, (known, read) -> {
                known.put(timeframe, read);
                return known;
            });
        }
        return all;
    }
}
