package io.tabot.signal;

import io.tabot.config.ConfigFeed;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.NodeMessage;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow.Placement;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.SignalMetrics.Ignored;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Watches one symbol: keeps a window a timeframe, evaluates each new candle once under the configuration that it holds
 * at that moment, and answers when the signals are stored. The first candle of a timeframe, and one after a gap, waits
 * for the history to be read; candles behind it wait in line. Those of timeframes that strategies only look at are kept
 * in {@link ReadAlong}.
 */
public final class SignalActor extends AbstractMatchingBehavior<SignalActor.Command> {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "signals");

    /** A feed that was restarted has forgotten who listens. */
    private static final Duration SUBSCRIBE_INTERVAL = Duration.ofSeconds(10);

    /** Nodes that take candles from one consumer pass those of a series on in this time of each other, as a rule. */
    private static final Duration OVERTAKEN_MAX = Duration.ofMillis(300);

    /** How long a hand-over waits for signals to be stored. */
    private static final Duration ENDING_MAX = Duration.ofSeconds(5);

    /** What the actor understands. */
    public sealed interface Command {}

    /**
     * A closed candle; its ticket is given back when it is dealt with for good.
     *
     * @param redelivered whether it was handed out before, to this actor or to one that is no more
     * @param sequence its place in what the source hands out; 0 where that is not known
     * @param trace what its evaluation follows from; null where nobody traces it
     */
    public record Observe(
            Timeframe timeframe,
            Candle candle,
            boolean redelivered,
            long sequence,
            Ticket ticket,
            @Nullable TraceContext trace)
            implements Command, NodeMessage {
        /** One that nobody traces. */
        public Observe(Timeframe timeframe, Candle candle, boolean redelivered, long sequence, Ticket ticket) {
            this(timeframe, candle, redelivered, sequence, ticket, null);
        }
    }

    /** A closed candle of a timeframe that strategies only look at; its ticket is given back at once. */
    public record Keep(Timeframe timeframe, Candle candle, Ticket ticket) implements Command, NodeMessage {}

    /** Candles of the past were stored: the windows of this timeframe are filled anew before the next candle. */
    public record ReadPast(Timeframe timeframe) implements Command, NodeMessage {}

    /** Answered with the candles that are held of this timeframe. */
    public record TellCandles(Timeframe timeframe, ActorRef<HeldCandles> replyTo) implements Command, NodeMessage {}

    /** End once everything at hand is answered: another node takes over, or this one stops. */
    public record Stop() implements Command {}

    /** A closed candle that is observed as well. */
    private record KeepCopy(Timeframe timeframe, Candle candle) implements Command {}

    private record UseConfig(ConfigFeed.Push push) implements Command {}

    record HistoryRead(
            HistoryReader.Question question,
            Map<Timeframe, List<Candle>> candles,
            @Nullable String failure) implements Command {}

    record ReadHistoryAgain(HistoryReader.Question question) implements Command {}

    record HistoryGivenUp(HistoryReader.Question question) implements Command {}

    private record OvertakenNotSeen(Timeframe timeframe) implements Command {}

    record Stored(SignalDesk.Key key, List<Publication> publications) implements Command {}

    record NotStored(SignalDesk.Key key, String reason) implements Command {}

    record PublishAgain(SignalDesk.Key key) implements Command {}

    private record SubscribeAgain() implements Command {}

    /** What is not answered by now will be delivered again. */
    private record StopAtOnce() implements Command {}

    /** What the actors of a node share. */
    public record Parts(
            SignalEngine engine,
            CandleHistory history,
            Duration historyTimeout,
            SignalOutlet outlet,
            Consumer<List<Publication>> published,
            SignalMetrics metrics,
            ActorRef<ConfigFeed.Command> feed,
            Tracer tracer) {}

    private final Symbol symbol;
    private final Parts parts;
    private final Map<Timeframe, TimeframeState> timeframes = new EnumMap<>(Timeframe.class);
    private final ReadAlong readAlong;
    private final Deque<Observe> beforeConfig = new ArrayDeque<>();
    private final ActorRef<ConfigFeed.Push> self;
    private final SignalDesk desk;
    private final HistoryReader history;
    private final CandleEvaluation evaluation;
    private final TimerScheduler<Command> timers;
    private @Nullable EffectiveConfig config;
    private boolean isEnding;

    private SignalActor(Symbol symbol, Parts parts, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.symbol = symbol;
        this.parts = parts;
        this.timers = timers;
        this.readAlong = new ReadAlong(timeframes, parts.metrics());
        this.desk = new SignalDesk(parts, context, timers);
        this.history = new HistoryReader(symbol, parts, context, timers);
        this.evaluation = new CandleEvaluation(symbol, parts, readAlong, desk);
        this.self = context.messageAdapter(ConfigFeed.Push.class, UseConfig::new);
    }

    public static Behavior<Command> create(Symbol symbol, Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(SignalActor.class);
            var actor = new SignalActor(symbol, parts, context, timers);
            parts.feed().tell(new ConfigFeed.Subscribe(actor.self, symbol.name()));
            timers.startTimerWithFixedDelay(new SubscribeAgain(), SUBSCRIBE_INTERVAL);
            return actor;
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Observe observe -> onObserve(observe);
            case Keep keep -> onKeep(keep);
            case KeepCopy copy -> onKeepCopy(copy);
            case UseConfig(var push) -> onPush(push);
            case SubscribeAgain() -> parts.feed().tell(new ConfigFeed.Subscribe(self, symbol.name()));
            case HistoryRead(var question, var candles, var failure) -> onHistoryRead(question, candles, failure);
            case ReadHistoryAgain(var question) -> onReadHistoryAgain(question);
            case HistoryGivenUp(var question) -> onHistoryGivenUp(question);
            case OvertakenNotSeen(var timeframe) -> onOvertakenNotSeen(state(timeframe));
            case Stored(var key, var publications) -> desk.stored(key, publications);
            case NotStored(var key, var reason) -> onNotStored(key, reason);
            case PublishAgain(var key) -> desk.publish(key);
            case ReadPast(var timeframe) -> onReadPast(timeframe);
            case TellCandles(var timeframe, var replyTo) -> replyTo.tell(readAlong.held(timeframe));
            case Stop() -> onStop();
            case StopAtOnce() -> {
                return Behaviors.stopped();
            }
        }
        return isEnding && isIdle() ? Behaviors.stopped() : this;
    }

    private void onStop() {
        isEnding = true;
        timers.startSingleTimer(new StopAtOnce(), ENDING_MAX);
    }

    private boolean isIdle() {
        return beforeConfig.isEmpty()
                && desk.isEmpty()
                && timeframes.values().stream().noneMatch(TimeframeState::isBusy);
    }

    private void onPush(ConfigFeed.Push push) {
        config = push.configs().of(symbol);
        readAlong.use(config);
        push.replyTo().tell(new ConfigFeed.Applied(self, config.revision()));
        while (!beforeConfig.isEmpty()) {
            onObserve(beforeConfig.removeFirst());
        }
    }

    private void onObserve(Observe observe) {
        if (config == null) {
            beforeConfig.add(observe);
            return;
        }
        if (readAlong.isKept(observe.timeframe())) {
            onKeepCopy(new KeepCopy(observe.timeframe(), observe.candle()));
        }
        var state = state(observe.timeframe());
        if (!state.isLoading()) {
            handle(state, observe, config);
        } else if (state.line.takeIn(observe, state)) {
            timers.cancel(new OvertakenNotSeen(state.timeframe));
            state.line.leave(state).forEach(this::onMessage);
        }
    }

    /** Asks the configuration again: the strategy that reads the timeframe may be disabled for this very symbol. */
    private void onKeep(Keep keep) {
        if (waits(keep.timeframe(), keep)) {
            return;
        }
        var isRead = config == null || readAlong.isRead(keep.timeframe());
        if (isRead) {
            readAlong.keep(keep.timeframe(), keep.candle());
        }
        parts.metrics().ignored(isRead ? Ignored.HIGHER_TIMEFRAME : Ignored.NOT_CONFIGURED);
        keep.ticket().done();
    }

    private void onReadPast(Timeframe timeframe) {
        var state = timeframes.get(timeframe);
        if (state != null) {
            state.outdated();
        }
        readAlong.find(timeframe).ifPresent(Series::outdated);
    }

    private void onKeepCopy(KeepCopy copy) {
        if (!waits(copy.timeframe(), copy) && readAlong.isKept(copy.timeframe())) {
            readAlong.keep(copy.timeframe(), copy.candle());
        }
    }

    /** In line with the candles of the timeframe that it is kept for: it must not run ahead of them. */
    private boolean waits(Timeframe timeframe, Command command) {
        for (var state : timeframes.values()) {
            if (state.isLoading() && readAlong.of(state.timeframe).contains(timeframe)) {
                state.line.add(command);
                return true;
            }
        }
        return false;
    }

    private void handle(TimeframeState state, Observe observe, EffectiveConfig current) {
        var candle = observe.candle();
        if (state.isLate(candle)) {
            takeLate(state, observe);
            return;
        }
        readAlong.connect(state);
        if (state.mayHaveOvertaken(observe)) {
            state.line.hold(observe);
            var notSeen = new OvertakenNotSeen(state.timeframe);
            timers.startSingleTimer(notSeen, notSeen, OVERTAKEN_MAX);
        } else if (state.lacksHistoryBefore(candle) || readAlong.lacksHistoryBefore(state, candle)) {
            state.line.add(observe);
            history.askForAWhile(readAlong.questionBefore(state, observe));
        } else {
            evaluateNewest(state, observe, current);
        }
    }

    /**
     * A candle behind the newest is not evaluated, unless it may be one that died with an earlier life of this actor,
     * or it was handed out earlier, to another node, and was overtaken on the way.
     */
    private void takeLate(TimeframeState state, Observe observe) {
        var candle = observe.candle();
        var mayBeMissed = observe.redelivered() || state.hasOvertaken(observe);
        var orphaned = mayBeMissed && !state.isEvaluated(candle);
        var placement = state.window.insert(candle);
        if (orphaned) {
            var deliveries = state.orphans.computeIfAbsent(candle.openTime(), _ -> new ArrayList<>());
            deliveries.add(observe);
            if (deliveries.size() == 1) {
                history.ask(readAlong.questionBefore(observe));
            }
        } else {
            parts.metrics().ignored(placement == Placement.DUPLICATE ? Ignored.DUPLICATE : Ignored.LATE);
            desk.answerWhenStored(SignalDesk.Key.of(observe), observe.ticket());
        }
    }

    private void onHistoryRead(
            HistoryReader.Question question, Map<Timeframe, List<Candle>> candles, @Nullable String failure) {
        if (failure != null) {
            history.askAgainLater(question, failure);
            return;
        }
        var before = question.before();
        var state = state(before.timeframe());
        var deliveries = state.orphans.remove(before.candle().openTime());
        if (deliveries != null) {
            evaluateOrphan(deliveries, candles);
        } else if (state.line.isFirst(before) && state.line.hasEarlierThan(before, state)) {
            history.askForAWhile(readAlong.questionBefore(state, state.line.sort(state)));
        } else if (state.line.isFirst(before)) {
            history.answered(question);
            candles.forEach((timeframe, read) -> series(state, timeframe).ifPresent(series -> {
                parts.metrics().cold(series, false);
                series.fill(read);
            }));
            letIn(state, before);
        }
    }

    private void onOvertakenNotSeen(TimeframeState state) {
        if (state.line.isHeld()) {
            history.askForAWhile(readAlong.questionBefore(state, state.line.sort(state)));
        }
    }

    private void onReadHistoryAgain(HistoryReader.Question question) {
        var before = question.before();
        var state = state(before.timeframe());
        if (state.orphans.containsKey(before.candle().openTime()) || state.line.isFirst(before)) {
            history.ask(question);
        }
    }

    /** The windows fill live from here on, and the history is asked again before each candle until it answers. */
    private void onHistoryGivenUp(HistoryReader.Question question) {
        var state = state(question.before().timeframe());
        if (state.line.isFirst(question.before())) {
            question.openTimes()
                    .keySet()
                    .forEach(timeframe -> series(state, timeframe)
                            .ifPresent(series -> parts.metrics().cold(series, true)));
            letIn(state, question.before());
        }
    }

    /** That of a higher timeframe may be gone: it is not read any more. */
    private Optional<? extends Series> series(TimeframeState state, Timeframe timeframe) {
        return timeframe == state.timeframe ? Optional.of(state) : readAlong.find(timeframe);
    }

    /** Evaluates the candle that the history was read for, then takes whatever waited behind it. */
    private void letIn(TimeframeState state, Observe first) {
        var line = state.line.leave(state);
        evaluation.noteGap(state, first.candle());
        if (config != null) {
            evaluateNewest(state, first, config);
        }
        line.remove(first);
        line.forEach(this::onMessage);
    }

    /** On windows of its own, which end with it whatever came after it. */
    private void evaluateOrphan(List<Observe> deliveries, Map<Timeframe, List<Candle>> candles) {
        var orphan = deliveries.removeFirst();
        if (config != null) {
            evaluate(state(orphan.timeframe()), orphan, readAlong.viewsOf(orphan, candles), config);
        }
        deliveries.forEach(again -> desk.answerWhenStored(SignalDesk.Key.of(again), again.ticket()));
    }

    private void evaluateNewest(TimeframeState state, Observe observe, EffectiveConfig current) {
        var _ = state.window.insert(observe.candle());
        evaluate(state, observe, state.views, current);
    }

    private void evaluate(TimeframeState state, Observe observe, CandleViews views, EffectiveConfig current) {
        state.evaluated(observe);
        evaluation.run(observe, views, current);
    }

    private void onNotStored(SignalDesk.Key key, String reason) {
        if (!desk.notStored(key, reason)) {
            state(key.timeframe()).forget(key.openTime());
        }
    }

    private TimeframeState state(Timeframe timeframe) {
        var known = timeframes.get(timeframe);
        return known == null ? timeframes.computeIfAbsent(timeframe, readAlong::state) : known;
    }
}
