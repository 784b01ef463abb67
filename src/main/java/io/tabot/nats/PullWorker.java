package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes the messages of one consumer until it is closed. No failure ends it: it rests, longer each time,
 * and opens another session. All but {@link #start} and {@link #close} is for its own thread.
 */
final class PullWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NatsConnection nats;
    private final Outage outage;
    private final Opening opening;
    private final Taking taking;
    private final Thread thread;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private @Nullable PullSession session;

    /** Finds or makes the consumer on a connection that is new to it. */
    interface Opening {
        PullSession open(Connection connection) throws IOException, JetStreamApiException;
    }

    /** Deals with a batch, which may be empty, and says {@link #succeeded} when that worked. */
    interface Taking {
        void take(List<Message> batch) throws InterruptedException, IOException, JetStreamApiException;
    }

    PullWorker(String name, NatsConnection nats, Outage outage, Opening opening, Taking taking) {
        this.nats = nats;
        this.outage = outage;
        this.opening = opening;
        this.taking = taking;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins, unless it has begun before, and returns at once. */
    void start() {
        if (isStarted.compareAndSet(false, true)) {
            thread.start();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        if (isStarted.get() && !thread.join(PATIENCE)) {
            // It hangs in a call, which an interrupt ends.
            thread.interrupt();
            var _ = thread.join(PATIENCE);
        }
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends the outage, and the rests begin short again. */
    void succeeded() {
        backoff.reset();
        outage.over();
    }

    void failed(Throwable cause) {
        outage.failed(cause);
    }

    /** Longer each time until something succeeds, and no longer than until it is closed. */
    void rest() throws InterruptedException {
        var _ = closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** That of the connection of this moment. */
    PullSession session() throws IOException, JetStreamApiException {
        var connection = nats.require();
        var known = session;
        if (known != null && known.uses(connection)) {
            return known;
        }
        var opened = opening.open(connection);
        session = opened;
        return opened;
    }

    /** The next batch comes from another session. */
    void drop() {
        var known = session;
        if (known != null) {
            known.close();
            session = null;
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    private void step() throws InterruptedException {
        try {
            taking.take(session().next());
        } catch (NotConnected e) {
            // The connection tells about itself.
            rest();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            if (nats.connected()) {
                failed(e);
            }
            drop();
            rest();
        }
    }
}
