package io.tabot.nats;

import io.tabot.nats.SignalTransport.Outgoing;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what belongs together, one after the other, without waiting for one's confirmation before the next, and repeats
 * each until it is confirmed or its time is up. So many messages may be unconfirmed; the others wait their turn.
 * Whoever hands some in never waits.
 */
final class SignalSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);

    private final SignalTransport transport;
    private final int inFlightMax;
    private final Semaphore inFlight;
    private final Deadlines<Delivery> deadlines;
    private final Duration timeout;
    private final Outage outage = new Outage(LOG, "Publishing signals does not work");
    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();
    /** How often somebody wanted to send since whoever sends now began to; 0 while nobody does. */
    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean closed;

    SignalSender(SignalTransport transport, Duration timeout, int inFlight) {
        this.transport = transport;
        this.timeout = timeout;
        this.deadlines = new Deadlines<>(timeout, Delivery::giveUp);
        this.inFlightMax = inFlight;
        this.inFlight = new Semaphore(inFlight);
    }

    /**
     * Completes when all are confirmed; fails with {@link SignalsNotStored} when their time is up.
     *
     * @param messages at least one
     */
    CompletionStage<Done> send(List<Outgoing> messages) {
        var delivery = new Delivery(messages);
        deadlines.add(delivery);
        delivery.again();
        return delivery.result;
    }

    @Override
    public void close() {
        closed = true;
    }

    /**
     * Who comes first sends for all who come meanwhile: one thread at a time, and as a rule no other one has to be
     * woken.
     */
    private void sendWaiting() {
        if (calls.getAndIncrement() == 0) {
            sendAll();
        }
    }

    private void sendAll() {
        var answered = 1;
        do {
            for (var next = waiting.peek(); next != null && inFlight.tryAcquire(next.size()); next = waiting.peek()) {
                if (transport.mayBlock() && !Thread.currentThread().isVirtual()) {
                    inFlight.release(next.size());
                    Thread.ofVirtual().name("nats-signals").start(this::sendAll);
                    return;
                }
                waiting.remove().attempt();
            }
            answered = calls.addAndGet(-answered);
        } while (answered > 0);
    }

    private static void after(Duration pause, Runnable task) {
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS).execute(task);
    }

    /** Messages on their way. */
    private final class Delivery {
        private final List<Outgoing> messages;
        private final Backoff backoff = new Backoff();
        private final CompletableFuture<Done> result = new CompletableFuture<>();
        private volatile @Nullable Throwable lastFailure;

        Delivery(List<Outgoing> messages) {
            this.messages = messages;
        }

        /** Of those that may be unconfirmed at once; more than all of them go alone. */
        int size() {
            return Math.min(messages.size(), inFlightMax);
        }

        void again() {
            if (closed) {
                giveUp();
            } else {
                waiting.add(this);
                sendWaiting();
            }
        }

        void giveUp() {
            deadlines.remove(this);
            if (!result.isDone()) {
                result.completeExceptionally(
                        new SignalsNotStored(messages.getFirst().subject(), timeout, lastFailure));
            }
        }

        private void attempt() {
            if (result.isDone()) {
                inFlight.release(size());
                return;
            }
            var _ = once().whenComplete((_, failure) -> {
                inFlight.release(size());
                if (failure == null) {
                    confirmed();
                } else {
                    failed(unwrapped(failure));
                }
                sendWaiting();
            });
        }

        private CompletionStage<?> once() {
            try {
                return transport.send(messages);
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void confirmed() {
            outage.over();
            deadlines.remove(this);
            result.complete(Done.getInstance());
        }

        private void failed(Throwable failure) {
            lastFailure = failure;
            if (!(failure instanceof NotConnected)) {
                outage.failed(failure);
            }
            after(backoff.next(), this::again);
        }

        private static Throwable unwrapped(Throwable failure) {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }
    }
}
