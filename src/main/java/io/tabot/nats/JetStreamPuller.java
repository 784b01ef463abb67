package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleRejection;
import io.tabot.signal.SourceHealth;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the candles of one subject from the durable consumer that all nodes share. Makes stream and consumer when they
 * are missing, again and again if need be; no failure leaves it. Its methods block: use a thread that may.
 */
final class JetStreamPuller {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamPuller.class);

    private final NatsConnection nats;
    private final NatsSettings settings;
    private final String subject;
    private final CandleIntake intake;
    private final Clock clock;
    private final MessageIntake messages;
    /** Held by whoever uses the session. */
    private final ReentrantLock using = new ReentrantLock();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean warnedOfWindow = new AtomicBoolean();
    private final Outage outage;
    private final Backoff backoff = new Backoff();
    private @Nullable PullSession session;
    private Duration redeliveryLimit;
    private volatile long pending = SourceHealth.PENDING_UNKNOWN;

    /** @param intake is told of what comes too late to be taken in */
    JetStreamPuller(NatsConnection nats, String subject, MessageIntake messages, CandleIntake intake, Clock clock) {
        this.nats = nats;
        this.settings = nats.settings();
        this.subject = subject;
        this.messages = messages;
        this.intake = intake;
        this.clock = clock;
        this.outage = new Outage(LOG, "Taking candles from " + subject + " does not work");
        this.redeliveryLimit = limit(settings.signals().stream().duplicateWindow());
    }

    /** The next candles, an empty list when there were none for a moment, or nothing once it was stopped. */
    Optional<List<CandleMessage>> poll() throws InterruptedException {
        using.lock();
        try {
            return polled();
        } finally {
            using.unlock();
        }
    }

    private Optional<List<CandleMessage>> polled() throws InterruptedException {
        if (stopping.getCount() == 0) {
            handBack();
            return Optional.empty();
        }
        try {
            var current = session();
            var batch = current.next();
            pending = current.pending();
            backoff.reset();
            outage.over();
            return Optional.of(decoded(batch));
        } catch (NotConnected e) {
            // The connection tells about itself.
            rest();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            if (nats.connected()) {
                outage.failed(e);
            }
            handBack();
            rest();
        }
        return Optional.of(List.of());
    }

    /** For when nobody polls, which is when candles wait. A poll that is under way finds out by itself. */
    void refreshPending() {
        if (!using.tryLock()) {
            return;
        }
        try {
            if (session != null) {
                session.refreshPending();
                pending = session.pending();
            }
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            // The next poll finds out what is wrong.
        } finally {
            using.unlock();
        }
    }

    /** Lets the current and all further polls end soon. */
    void stop() {
        stopping.countDown();
    }

    /** Stops, and gives back what was fetched and not polled. */
    void close() {
        stop();
        using.lock();
        try {
            handBack();
        } finally {
            using.unlock();
        }
    }

    /** How many candles wait on the server, -1 before the first came in. */
    long pending() {
        return pending;
    }

    private PullSession session() throws IOException, JetStreamApiException {
        var connection = nats.require();
        if (session != null && session.uses(connection)) {
            return session;
        }
        var opened = open(connection);
        session = opened;
        return opened;
    }

    private PullSession open(Connection connection) throws IOException, JetStreamApiException {
        var candles = settings.candles();
        redeliveryLimit = limit(duplicateWindow(connection));
        var stream = NatsStreams.ofCandles(connection, subject, candles);
        var consumer = DurableConsumer.foundOrMade(
                connection,
                stream.getConfiguration().getName(),
                subject,
                candles,
                clock.instant().minus(redeliveryLimit));
        pending = consumer.getNumPending();
        return PullSession.open(connection, consumer, candles.delivery().fetchBatch(), clock);
    }

    /** For how long the stream that keeps the signals really remembers them; it may be one that others made. */
    private Duration duplicateWindow(Connection connection) throws IOException, JetStreamApiException {
        var signals = settings.signals();
        var stream = NatsStreams.ofSignals(connection, signals);
        var window = Objects.requireNonNullElse(stream.getConfiguration().getDuplicateWindow(), Duration.ZERO);
        if (window.compareTo(signals.stream().duplicateWindow()) < 0 && warnedOfWindow.compareAndSet(false, true)) {
            LOG.warn(
                    "Stream {} recognises a repeated signal for {} only, not for {}: a candle delivered again later"
                            + " than that is not evaluated",
                    stream.getConfiguration().getName(),
                    window,
                    signals.stream().duplicateWindow());
        }
        return window;
    }

    /** What is begun within the limit is published within the window: nothing is worked on longer than ack wait. */
    private Duration limit(Duration window) {
        var limit = window.minus(settings.candles().delivery().ackWait());
        return limit.isPositive() ? limit : Duration.ZERO;
    }

    private List<CandleMessage> decoded(List<Message> batch) {
        var candles = new ArrayList<CandleMessage>(batch.size());
        for (var message : batch) {
            var ack = new JetStreamAcknowledgement(message);
            if (isTooLate(message)) {
                intake.refuse(CandleRejection.EXPIRED, message.getSubject(), "a late redelivery", ack);
            } else {
                candles.addAll(messages.take(message.getSubject(), message.getData(), delivery(message), ack));
            }
        }
        return candles;
    }

    /** Its signals may have been stored so long ago that storing them again would not be recognised as that. */
    private boolean isTooLate(Message message) {
        return isRedelivery(message)
                && Duration.between(message.metaData().timestamp().toInstant(), clock.instant())
                                .compareTo(redeliveryLimit)
                        > 0;
    }

    private static CandleIntake.Delivery delivery(Message message) {
        return new CandleIntake.Delivery(
                isRedelivery(message), message.metaData().streamSequence(), TraceHeaders.of(message));
    }

    private static boolean isRedelivery(Message message) {
        return message.metaData().deliveredCount() > 1;
    }

    private void handBack() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void rest() throws InterruptedException {
        var _ = stopping.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }
}
