package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.nats.SignalTransport.Outgoing;
import io.tabot.signal.Publication;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalOutlet;
import io.tabot.trace.Span;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each signal to the configured subject followed by its strategy's id, with the intent id as message id. A
 * signal whose candle closed longer ago than the max age is withheld: it would only mislead.
 */
public final class NatsSignalOutlet implements SignalOutlet, AutoCloseable {
    private final NatsSettings.Signals settings;
    private final BiFunction<Signal, Instant, byte[]> json;
    private final Clock clock;
    private final SignalSender sender;
    private final Tracer tracer;
    private final Counter published;
    private final Counter failed;
    private final Counter withheld;
    private final Counter duplicates;

    /** @param json writes a signal and the time of its publication as the consumers expect it */
    public NatsSignalOutlet(
            NatsConnection nats, BiFunction<Signal, Instant, byte[]> json, MeterRegistry meters, Clock clock) {
        this(nats, json, meters, clock, Tracer.OFF);
    }

    /** One that tells in a header what each signal follows from. */
    public NatsSignalOutlet(
            NatsConnection nats,
            BiFunction<Signal, Instant, byte[]> json,
            MeterRegistry meters,
            Clock clock,
            Tracer tracer) {
        this.tracer = tracer;
        this.settings = nats.settings().signals();
        this.json = json;
        this.clock = clock;
        this.duplicates = Counter.builder("ta_bot_signals_duplicate")
                .description("Signals that the stream held already and did not store again")
                .register(meters);
        var transport = switch (nats.settings().mode()) {
            case JETSTREAM ->
                new JetStreamTransport(
                        nats, connection -> NatsStreams.ofSignals(connection, settings), duplicates::increment);
            case CORE -> new CoreTransport(nats);
        };
        this.sender = new SignalSender(transport, settings.publishTimeout(), settings.inFlight());
        this.published = Counter.builder("ta_bot_signals_published")
                .description("Signals that NATS has taken, repetitions included")
                .register(meters);
        this.failed = Counter.builder("ta_bot_signals_failed")
                .description("Signals that were not confirmed in time; their candle comes again")
                .register(meters);
        this.withheld = Counter.builder("ta_bot_signals_withheld")
                .description("Signals that were deliberately not sent")
                .tag("reason", Publication.MAX_AGE)
                .register(meters);
    }

    @Override
    public CompletionStage<List<Publication>> publish(List<Signal> signals) {
        return publish(signals, null);
    }

    @Override
    public CompletionStage<List<Publication>> publish(List<Signal> signals, @Nullable TraceContext trace) {
        var publications =
                signals.stream().map(signal -> publish(signal, trace)).toList();
        return CompletableFuture.allOf(publications.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        publications.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public void close() {
        sender.close();
    }

    private CompletableFuture<Publication> publish(Signal signal, @Nullable TraceContext trace) {
        var now = clock.instant();
        if (isTooOld(signal, now)) {
            withheld.increment();
            return CompletableFuture.completedFuture(Publication.withheld(signal, Publication.MAX_AGE));
        }
        return send(signal, now, trace)
                .whenComplete((done, failure) -> (failure == null ? published : failed).increment())
                .thenApply(done -> Publication.sent(signal))
                .toCompletableFuture();
    }

    private CompletionStage<Done> send(Signal signal, Instant now, @Nullable TraceContext trace) {
        var subject = settings.subject() + "." + signal.strategyId();
        var span = spanOf(signal, subject, trace);
        return send(subject, signal, now, span.context()).whenComplete((_, failure) -> {
            if (failure != null) {
                span.failed(failure.toString());
            }
            span.end();
        });
    }

    private CompletionStage<Done> send(String subject, Signal signal, Instant now, @Nullable TraceContext trace) {
        try {
            return sender.send(new Outgoing(subject, signal.intentId(), json.apply(signal, now), trace));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Span spanOf(Signal signal, String subject, @Nullable TraceContext trace) {
        var span = tracer.follow("publish signal", Tracer.Kind.PRODUCER, trace);
        if (span.isRecording()) {
            span.set("messaging.system", "nats")
                    .set("messaging.destination.name", subject)
                    .set("messaging.message.id", signal.intentId())
                    .set("tabot.intent_id", signal.intentId())
                    .set("tabot.strategy", signal.strategyId())
                    .set("tabot.symbol", signal.symbol().name())
                    .set("tabot.timeframe", signal.timeframe().id());
        }
        return span;
    }

    private boolean isTooOld(Signal signal, Instant now) {
        var age = Duration.between(Instant.ofEpochMilli(signal.closeTime()), now);
        return settings.maxAge().isPositive() && age.compareTo(settings.maxAge()) > 0;
    }
}
