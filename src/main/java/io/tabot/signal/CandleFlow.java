package io.tabot.signal;

import io.tabot.config.ConfigView;
import io.tabot.config.ConfigView.CandleUse;
import io.tabot.market.Symbol;
import io.tabot.signal.SignalMetrics.Ignored;
import io.tabot.trace.Span;
import io.tabot.trace.Tracer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.stream.javadsl.Sink;
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
    private volatile CandleSink.@Nullable Run running;

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
        var started = source.candles().runWith(Sink.fromGraph(new CandleSink(this::send, limits)), system);
        running = started;
        return started.ended();
    }

    /** A node was taken out: all that is under way goes back to the source, since some of it was sent there. */
    public void giveBack() {
        var current = running;
        if (current != null) {
            current.giveBack().run();
        }
    }

    private @Nullable Span send(CandleMessage message, Ticket ticket) {
        return switch (useOf(message)) {
            case EVALUATE -> observe(message, ticket);
            case READ_ALONG -> {
                actor(message).tell(new SignalActor.Keep(message.timeframe(), message.candle(), ticket));
                yield Span.NONE;
            }
            case NONE -> {
                metrics.ignored(Ignored.NOT_CONFIGURED);
                yield null;
            }
        };
    }

    private Span observe(CandleMessage message, Ticket ticket) {
        var span = tracer.start("process candle", Tracer.Kind.CONSUMER, message.trace());
        if (span.isRecording()) {
            span.set("messaging.system", "nats")
                    .set("tabot.symbol", message.symbol().name())
                    .set("tabot.timeframe", message.timeframe().id())
                    .set("tabot.open_time", message.candle().openTime());
        }
        actor(message)
                .tell(new SignalActor.Observe(
                        message.timeframe(),
                        message.candle(),
                        message.redelivered(),
                        message.sequence(),
                        ticket,
                        span.context()));
        return span;
    }

    private RecipientRef<SignalActor.Command> actor(CandleMessage message) {
        return actors.apply(message.symbol());
    }

    private CandleUse useOf(CandleMessage message) {
        return config.current()
                .map(inForce -> inForce.useOf(message.symbol(), message.timeframe()))
                .orElse(CandleUse.NONE);
    }
}
