package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Into the stream that keeps the messages, which is made when missing. The server confirms each message after it is
 * stored, and stores one with a known id no second time. One thread at a time.
 */
final class JetStreamTransport implements SignalTransport {
    private static final String NODE = "Ta-Bot-Node";
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(2);

    /** Sees to it that the stream exists. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Connection connection) throws IOException, JetStreamApiException;
    }

    private final NatsConnection nats;
    private final Preparation preparation;
    private final Runnable duplicate;
    private final @Nullable String node;
    private @Nullable Connection prepared;
    private @Nullable JetStream stream;
    private volatile boolean doubted = true;

    /**
     * @param node whom messages name as their sender, if they do
     * @param duplicate is told each time that the stream held a message already
     */
    JetStreamTransport(NatsConnection nats, Optional<String> node, Preparation preparation, Runnable duplicate) {
        this.nats = nats;
        this.node = node.orElse(null);
        this.preparation = preparation;
        this.duplicate = duplicate;
    }

    @Override
    public CompletionStage<?> send(List<Outgoing> messages) throws IOException, JetStreamApiException {
        var ready = stream(nats.require());
        if (messages.size() == 1) {
            return send(ready, messages.getFirst());
        }
        return CompletableFuture.allOf(
                messages.stream().map(message -> send(ready, message)).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<PublishAck> send(JetStream to, Outgoing message) {
        var options = PublishOptions.builder().messageId(message.id()).build();
        return to.publishAsync(message.subject(), headers(message), message.body(), options)
                .orTimeout(CONFIRMATION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((ack, failure) -> {
                    // Nobody answers for a stream that was deleted.
                    doubted |= failure != null;
                    if (ack != null && ack.isDuplicate()) {
                        duplicate.run();
                    }
                });
    }

    private Headers headers(Outgoing message) {
        var headers = new Headers();
        if (node != null) {
            headers.add(NODE, node);
        }
        return TraceHeaders.with(headers, message.trace());
    }

    @Override
    public boolean mayBlock() {
        return doubted || prepared == null || !nats.holds(prepared);
    }

    private JetStream stream(Connection connection) throws IOException, JetStreamApiException {
        var ready = stream;
        if (ready != null && prepared == connection && !doubted) {
            return ready;
        }
        doubted = false;
        try {
            preparation.prepare(connection);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            doubted = true;
            throw e;
        }
        var opened = connection.jetStream();
        prepared = connection;
        stream = opened;
        return opened;
    }
}
