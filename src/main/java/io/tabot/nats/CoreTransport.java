package io.tabot.nats;

import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** A plain publication, which reaches whoever listens at that moment. Done when the server has taken it. */
final class CoreTransport implements SignalTransport {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    private final NatsConnection nats;

    CoreTransport(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public CompletionStage<?> send(Outgoing message) throws Exception {
        var connection = nats.require();
        var headers = TraceHeaders.with(new Headers().add("Nats-Msg-Id", message.id()), message.trace());
        connection.publish(message.subject(), headers, message.body());
        connection.flush(FLUSH_TIMEOUT);
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
