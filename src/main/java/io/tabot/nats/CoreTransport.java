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
 * A plain publication, which reaches whoever listens at that moment. Done when the server has taken it. What is handed
 * in while the server is asked whether it has the former is published together, and one question is for all of it: a
 * round trip for each would be the limit of the whole service, and a write for each wakes the server as often.
 */
final class CoreTransport implements SignalTransport {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    /** Between two questions, so that under load each is for many messages. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Handed in together, and nobody knows whether the server has it. */
    private record Unconfirmed(List<Outgoing> messages, CompletableFuture<Done> taken) {}

    private final NatsConnection nats;
    private List<Unconfirmed> waiting = new ArrayList<>();
    private boolean isBusy;

    CoreTransport(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public CompletionStage<?> send(List<Outgoing> messages) throws Exception {
        var connection = nats.require();
        var unconfirmed = new Unconfirmed(messages, new CompletableFuture<>());
        if (isFirst(unconfirmed)) {
            // Here and now, since to wake a thread for it takes longer. What comes meanwhile waits for that thread.
            var published = publish(List.of(unconfirmed), connection);
            Thread.ofVirtual().name("nats-flush").start(() -> confirmAll(published, connection));
        }
        return unconfirmed.taken();
    }

    private synchronized boolean isFirst(Unconfirmed unconfirmed) {
        if (isBusy) {
            waiting.add(unconfirmed);
            return false;
        }
        isBusy = true;
        return true;
    }

    private void confirmAll(List<Unconfirmed> published, Connection connection) {
        confirm(published, connection);
        LockSupport.parkNanos(PAUSE.toNanos());
        for (var batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            publishAndConfirm(batch);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private synchronized List<Unconfirmed> nextBatch() {
        var batch = waiting;
        waiting = new ArrayList<>();
        isBusy = !batch.isEmpty();
        return batch;
    }

    private void publishAndConfirm(List<Unconfirmed> batch) {
        try {
            var connection = nats.require();
            confirm(publish(batch, connection), connection);
        } catch (NotConnected e) {
            fail(batch, e);
        }
    }

    /** Returns those that the client has taken; the others have failed. */
    private static List<Unconfirmed> publish(List<Unconfirmed> batch, Connection connection) {
        var published = new ArrayList<Unconfirmed>(batch.size());
        for (var unconfirmed : batch) {
            try {
                publish(connection, unconfirmed.messages());
                published.add(unconfirmed);
            } catch (RuntimeException e) {
                unconfirmed.taken().completeExceptionally(e);
            }
        }
        return published;
    }

    private static void publish(Connection connection, List<Outgoing> messages) {
        for (var message : messages) {
            var headers = TraceHeaders.with(new Headers().add("Nats-Msg-Id", message.id()), message.trace());
            connection.publish(message.subject(), headers, message.body());
        }
    }

    private static void confirm(List<Unconfirmed> published, Connection connection) {
        try {
            connection.flush(FLUSH_TIMEOUT);
            published.forEach(unconfirmed -> unconfirmed.taken().complete(Done.getInstance()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(published, e);
        } catch (Exception e) {
            fail(published, e);
        }
    }

    private static void fail(List<Unconfirmed> batch, Exception cause) {
        batch.forEach(unconfirmed -> unconfirmed.taken().completeExceptionally(cause));
    }
}
