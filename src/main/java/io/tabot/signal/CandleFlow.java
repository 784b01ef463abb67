package io.tabot.signal;

import io.tabot.config.ConfigView;
import io.tabot.config.ConfigView.CandleUse;
import io.tabot.market.Symbol;
import io.tabot.signal.SignalMetrics.Ignored;
import io.tabot.trace.Span;
import io.tabot.trace.Tracer;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The one stream of candles of a node: from the source to the actor of each symbol. An actor's answer is the
 * back-pressure: no more candles are under way than allowed, and each is acknowledged only after its answer.
 */
public final class CandleFlow {
    private final CandleSource source;
    private final Function<Symbol, RecipientRef<SignalActor.Command>> actors;
    private final ConfigView config;
    private final SignalMetrics metrics;
    private final Limits limits;
    private final Tracer tracer;
    private final Set<CompletableFuture<Done>> unanswered = ConcurrentHashMap.newKeySet();

    /**
     * How much may be under way.
     *
     * @param inFlight candles handed to actors and not yet answered
     * @param answerTimeout after which a candle goes back to its source
     */
    public record Limits(int inFlight, Duration answerTimeout) {
        public Limits {
            if (inFlight < 1) {
                throw new IllegalArgumentException("in flight: " + inFlight + " is below 1");
            }
        }
    }

    public CandleFlow(
            CandleSource source,
            Function<Symbol, RecipientRef<SignalActor.Command>> actors,
            ConfigView config,
            SignalMetrics metrics,
            Limits limits,
            Tracer tracer) {
        this.source = source;
        this.actors = actors;
        this.config = config;
        this.metrics = metrics;
        this.limits = limits;
        this.tracer = tracer;
    }

    /** Runs until the source is drained; completes when the last candle under way is dealt with. */
    public CompletionStage<Done> run(ActorSystem<?> system) {
        return candles(system).runWith(Sink.ignore(), system);
    }

    /**
     * A node was taken out: what had been sent to it is answered by nobody, and would be in the way of all others until
     * its time is up. So all that is under way goes back to the source; what comes again though it was not lost is
     * recognized by its actor.
     *
     * @return how many candles that are
     */
    public int giveBack() {
        var underWay = List.copyOf(unanswered);
        underWay.forEach(answer -> answer.completeExceptionally(new NodeLost()));
        return underWay.size();
    }

    private Source<Done, NotUsed> candles(ActorSystem<?> system) {
        return source.candles().mapAsyncUnordered(limits.inFlight(), message -> handle(message, system));
    }

    private CompletionStage<Done> handle(CandleMessage message, ActorSystem<?> system) {
        return switch (useOf(message)) {
            case EVALUATE -> observe(message, system);
            case READ_ALONG ->
                ask(
                        message,
                        system,
                        Span.NONE,
                        replyTo -> new SignalActor.Keep(message.timeframe(), message.candle(), replyTo));
            case NONE -> {
                metrics.ignored(Ignored.NOT_CONFIGURED);
                message.ack().done();
                yield CompletableFuture.completedStage(Done.getInstance());
            }
        };
    }

    private CompletionStage<Done> observe(CandleMessage message, ActorSystem<?> system) {
        var span = tracer.start("process candle", Tracer.Kind.CONSUMER, message.trace());
        if (span.isRecording()) {
            span.set("messaging.system", "nats")
                    .set("tabot.symbol", message.symbol().name())
                    .set("tabot.timeframe", message.timeframe().id())
                    .set("tabot.open_time", message.candle().openTime());
        }
        var trace = span.context();
        return ask(
                message,
                system,
                span,
                replyTo -> new SignalActor.Observe(
                        message.timeframe(),
                        message.candle(),
                        message.redelivered(),
                        message.sequence(),
                        replyTo,
                        trace));
    }

    private CandleUse useOf(CandleMessage message) {
        return config.current()
                .map(inForce -> inForce.useOf(message.symbol(), message.timeframe()))
                .orElse(CandleUse.NONE);
    }

    private CompletionStage<Done> ask(
            CandleMessage message,
            ActorSystem<?> system,
            Span span,
            org.apache.pekko.japi.function.Function<ActorRef<Done>, SignalActor.Command> command) {
        var answer = new CompletableFuture<Done>();
        // Before it is sent: whoever gives back what is under way must not miss it.
        unanswered.add(answer);
        // Where it is answered: without an executor it would be on one more pool of threads.
        AskPattern.<SignalActor.Command, Done>ask(
                        actors.apply(message.symbol()), command, limits.answerTimeout(), system.scheduler())
                .whenCompleteAsync((_, failure) -> settle(answer, failure), Runnable::run);
        return answer.handle((_, failure) -> {
            unanswered.remove(answer);
            if (failure == null) {
                message.ack().done();
            } else {
                message.ack().retry();
                span.failed(failure.toString());
            }
            span.end();
            return Done.getInstance();
        });
    }

    private static void settle(CompletableFuture<Done> answer, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(Done.getInstance());
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private static final class NodeLost extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NodeLost() {
            super("a node was taken out", null, false, false);
        }
    }
}
