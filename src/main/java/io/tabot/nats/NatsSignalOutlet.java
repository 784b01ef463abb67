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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
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
                        nats,
                        settings.node(),
                        connection -> NatsStreams.ofSignals(connection, settings),
                        duplicates::increment);
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
        var now = clock.instant();
        List<Publication> publications = new ArrayList<>(signals.size());
        var sending = new Sending(signals.size());
        try {
            for (var signal : signals) {
                publications.add(publish(signal, now, trace, sending));
            }
        } catch (RuntimeException e) {
            sending.end(e);
            return CompletableFuture.failedStage(e);
        }
        if (sending.messages.isEmpty()) {
            return CompletableFuture.completedStage(publications);
        }
        return sender.send(sending.messages)
                .whenComplete((_, failure) -> sending.end(failure))
                .thenApply(_ -> publications);
    }

    @Override
    public void close() {
        sender.close();
    }

    private Publication publish(Signal signal, Instant now, @Nullable TraceContext trace, Sending sending) {
        if (isTooOld(signal, now)) {
            withheld.increment();
            return Publication.withheld(signal, Publication.MAX_AGE);
        }
        var subject = settings.subject() + "." + signal.strategyId();
        var span = spanOf(signal, subject, trace);
        sending.spans.add(span);
        sending.messages.add(new Outgoing(subject, signal.intentId(), json.apply(signal, now), span.context()));
        return Publication.sent(signal);
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

    /** The signals of one candle that go out, together. */
    private final class Sending {
        private final List<Outgoing> messages;
        private final List<Span> spans;

        Sending(int count) {
            this.messages = new ArrayList<>(count);
            this.spans = new ArrayList<>(count);
        }

        void end(@Nullable Throwable failure) {
            (failure == null ? published : failed).increment(messages.size());
            for (var span : spans) {
                if (failure != null) {
                    span.failed(failure.toString());
                }
                span.end();
            }
        }
    }
}
