package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.Done;

/**
 * A plain publication, which reaches whoever listens at that moment. Done when the server has taken it. One question to
 * the server is for all that was published before it: a round trip for each would be the limit of the whole service.
 */
final class CoreTransport implements SignalTransport {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    /** Between two questions, so that under load each is for many messages. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Published together, and nobody knows whether the server has it. */
    private record Unconfirmed(Connection connection, CompletableFuture<Done> taken) {}

    private final NatsConnection nats;
    private List<Unconfirmed> unconfirmed = new ArrayList<>();
    private boolean isAsking;

    CoreTransport(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public CompletionStage<?> send(List<Outgoing> messages) throws Exception {
        var connection = nats.require();
        for (var message : messages) {
            var headers = TraceHeaders.with(new Headers().add("Nats-Msg-Id", message.id()), message.trace());
            connection.publish(message.subject(), headers, message.body());
        }
        var taken = new CompletableFuture<Done>();
        confirmLater(new Unconfirmed(connection, taken));
        return taken;
    }

    private synchronized void confirmLater(Unconfirmed message) {
        unconfirmed.add(message);
        if (!isAsking) {
            isAsking = true;
            Thread.ofVirtual().name("nats-flush").start(this::confirmAll);
        }
    }

    private void confirmAll() {
        for (var batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            confirm(batch);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private synchronized List<Unconfirmed> nextBatch() {
        var batch = unconfirmed;
        unconfirmed = new ArrayList<>();
        isAsking = !batch.isEmpty();
        return batch;
    }

    /** The newest connection vouches for what was published over itself alone. */
    private void confirm(List<Unconfirmed> batch) {
        var connection = batch.getLast().connection();
        try {
            connection.flush(FLUSH_TIMEOUT);
            for (var published : batch) {
                if (published.connection() == connection) {
                    published.taken().complete(Done.getInstance());
                } else {
                    published
                            .taken()
                            .completeExceptionally(
                                    new NotConnected(nats.settings().url()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(batch, e);
        } catch (Exception e) {
            fail(batch, e);
        }
    }

    private static void fail(List<Unconfirmed> batch, Exception cause) {
        batch.forEach(published -> published.taken().completeExceptionally(cause));
    }
}
