package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.tabot.nats.SignalTransport.Outgoing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notices one after the other on a thread of its own, each until it is sent. While nothing can be sent they
 * wait, the newest of them at least; who hands one in never does.
 */
final class NoticeSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    /** How long the end of the process may be held up for what is still waiting. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);

    /**
     * How notices are counted.
     *
     * @param dropped those that had to go for newer ones
     */
    record Counters(Counter sent, Counter dropped) {}

    private final String name;
    private final SignalTransport transport;
    private final NoticeQueue queue;
    private final Counters counters;
    private final Outage outage;
    private final AtomicLong dropped = new AtomicLong();
    private final Backoff backoff = new Backoff();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name for the log
     * @param capacity how many may wait
     */
    NoticeSender(String name, SignalTransport transport, int capacity, Counters counters) {
        this.name = name;
        this.transport = transport;
        this.queue = new NoticeQueue(capacity);
        this.counters = counters;
        this.outage = new Outage(LOG, "Publishing " + name + " does not work");
        this.thread = Thread.ofVirtual().name("nats-notices").start(this::run);
    }

    void send(Outgoing notice) {
        if (!queue.offer(notice)) {
            counters.dropped().increment();
            if (dropped.getAndIncrement() == 0) {
                LOG.warn("{} can't be published; only the newest wait for NATS", name);
            }
        }
    }

    int waiting() {
        return queue.size();
    }

    @Override
    public void close() throws InterruptedException {
        queue.close();
        closing.countDown();
        var _ = thread.join(CLOSE_MAX);
        thread.interrupt();
    }

    private void run() {
        try {
            for (var next = queue.first(); next.isPresent(); next = queue.first()) {
                deliver(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Outgoing notice) throws InterruptedException {
        try {
            var _ = transport.send(List.of(notice)).toCompletableFuture().get();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(e);
            return;
        }
        queue.remove(notice);
        counters.sent().increment();
        backoff.reset();
        outage.over();
        var lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("{} are published again; {} older ones never will be", name, lost);
        }
    }

    /** The connection itself tells when it is lost. */
    private void failed(Exception failure) throws InterruptedException {
        if (queue.isClosed()) {
            throw new InterruptedException("closed");
        }
        if (!(failure instanceof NotConnected)) {
            outage.failed(failure.getCause() == null ? failure : failure.getCause());
        }
        var _ = closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }
}
