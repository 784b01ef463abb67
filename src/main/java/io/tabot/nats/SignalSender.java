package io.tabot.nats;

import io.tabot.nats.SignalTransport.Outgoing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages one after the other on a thread of its own, without waiting for one's confirmation before the next,
 * and repeats each until it is confirmed or its time is up. So many may be unconfirmed; the others wait their turn.
 */
final class SignalSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);

    private final SignalTransport transport;
    private final Duration timeout;
    private final Semaphore inFlight;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("nats-signals").factory());
    private final Outage outage = new Outage(LOG, "Publishing signals does not work");

    SignalSender(SignalTransport transport, Duration timeout, int inFlight) {
        this.transport = transport;
        this.timeout = timeout;
        this.inFlight = new Semaphore(inFlight);
    }

    /** Completes when the message is confirmed; fails with {@link SignalsNotStored} when its time is up. */
    CompletionStage<Done> send(Outgoing message) {
        var delivery = new Delivery(message);
        delivery.again();
        delivery.giveUpAfter(timeout);
        return delivery.result;
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private static void after(Duration pause, Runnable task) {
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS).execute(task);
    }

    /** One message on its way. */
    private final class Delivery {
        private final Outgoing message;
        private final Backoff backoff = new Backoff();
        private final CompletableFuture<Done> result = new CompletableFuture<>();
        private volatile @Nullable Throwable lastFailure;

        Delivery(Outgoing message) {
            this.message = message;
        }

        void again() {
            try {
                thread.execute(this::attempt);
            } catch (RejectedExecutionException e) {
                giveUp();
            }
        }

        /** Forgotten once the message is confirmed, or all of the last seconds would be kept in memory. */
        void giveUpAfter(Duration time) {
            var deadline = new CompletableFuture<Void>();
            var _ = deadline.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
                    .thenRun(this::giveUp);
            var _ = result.whenComplete((_, _) -> deadline.complete(null));
        }

        void giveUp() {
            if (result.isDone()) {
                return;
            }
            result.completeExceptionally(new SignalsNotStored(message.subject(), timeout, lastFailure));
        }

        private void attempt() {
            if (result.isDone()) {
                return;
            }
            inFlight.acquireUninterruptibly();
            var _ = once().whenComplete((ack, failure) -> {
                inFlight.release();
                if (failure == null) {
                    outage.over();
                    result.complete(Done.getInstance());
                } else {
                    failed(unwrapped(failure));
                }
            });
        }

        private CompletionStage<?> once() {
            try {
                return transport.send(message);
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
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
