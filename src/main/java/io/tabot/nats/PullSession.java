package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks one consumer for messages, a batch at a time and never more than was asked for. Asked again when the batch came
 * or its time is over, so a request that a restarted server has forgotten costs a second. One thread at a time.
 */
final class PullSession {
    private static final Duration REQUEST_LIFETIME = Duration.ofSeconds(1);
    /** The server's word that a request is over has to arrive before the next request, or it would end that one. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final long LONGEST_WAIT = REQUEST_LIFETIME.plus(GRACE).toMillis();
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final Connection connection;
    private final JetStreamSubscription subscription;
    private final String stream;
    private final String consumer;
    private final boolean isAcknowledged;
    private final int batch;
    private final Clock clock;
    private int requested;
    private long requestEnds;
    private long nextCheck;
    private long pending;

    private PullSession(
            Connection connection, JetStreamSubscription subscription, ConsumerInfo consumer, int batch, Clock clock) {
        this.connection = connection;
        this.subscription = subscription;
        this.stream = consumer.getStreamName();
        this.consumer = consumer.getName();
        this.isAcknowledged = consumer.getConsumerConfiguration().getAckPolicy() != AckPolicy.None;
        this.batch = batch;
        this.clock = clock;
        this.pending = consumer.getNumPending();
    }

    static PullSession open(Connection connection, ConsumerInfo consumer, int batch, Clock clock)
            throws IOException, JetStreamApiException {
        var options = PullSubscribeOptions.fastBind(consumer.getStreamName(), consumer.getName());
        // The subject is the consumer's own; jnats wants none.
        var subscription = connection.jetStream().subscribe(null, options);
        return new PullSession(connection, subscription, consumer, batch, clock);
    }

    boolean uses(Connection other) {
        return connection == other;
    }

    /** At least one message, or none after about a second. Fails when the consumer is gone. */
    List<Message> next() throws InterruptedException, IOException, JetStreamApiException {
        if (requested <= 0 || remaining() <= 0) {
            subscription.pull(PullRequestOptions.builder(batch)
                    .expiresIn(REQUEST_LIFETIME)
                    .build());
            requested = batch;
            requestEnds = clock.millis() + LONGEST_WAIT;
        }
        var first = subscription.nextMessage(Duration.ofMillis(Math.max(1, remaining())));
        if (first == null) {
            var early = remaining() > GRACE.toMillis();
            requested = 0;
            check(early);
            return List.of();
        }
        requested--;
        var messages = new ArrayList<Message>();
        messages.add(first);
        messages.addAll(waiting(requested));
        requested -= messages.size() - 1;
        pending = messages.getLast().metaData().pendingCount();
        nextCheck = clock.millis() + CHECK_INTERVAL.toMillis();
        return messages;
    }

    /**
     * How many messages the server has not delivered yet: what it said with the newest one, or some seconds ago when
     * none came, since others may have taken them.
     */
    long pending() {
        return pending;
    }

    /** Asked anew if it is older than some seconds: whoever has no room for messages does not hear how many wait. */
    void refreshPending() throws IOException, JetStreamApiException {
        check(false);
    }

    /** The same, asked now. */
    long askPending() throws IOException, JetStreamApiException {
        pending = connection
                .jetStreamManagement()
                .getConsumerInfo(stream, consumer)
                .getNumPending();
        return pending;
    }

    /** The server sends nothing more, and what has arrived and nobody took may go to another node at once. */
    void close() {
        try {
            var left = waiting(Integer.MAX_VALUE);
            subscription.unsubscribe();
            if (isAcknowledged) {
                left.forEach(message -> new JetStreamAcknowledgement(message).handBack());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The connection is closed, or the consumer is gone: whatever was here will be delivered again.
        }
    }

    private List<Message> waiting(int limit) throws InterruptedException {
        var messages = new ArrayList<Message>();
        try {
            while (messages.size() < limit) {
                var message = subscription.nextMessage(null);
                if (message == null) {
                    return messages;
                }
                messages.add(message);
            }
        } catch (JetStreamStatusException e) {
            // It will be told again with the next request; the messages at hand are good.
            requested = 0;
        }
        return messages;
    }

    /** A consumer that was deleted while nothing was asked of it just stays silent, so silence is looked into. */
    private void check(boolean atOnce) throws IOException, JetStreamApiException {
        var now = clock.millis();
        if (atOnce || now >= nextCheck) {
            var _ = askPending();
            nextCheck = now + CHECK_INTERVAL.toMillis();
        }
    }

    /** Milliseconds; a clock that is set back makes nobody wait longer. */
    private long remaining() {
        return Math.min(LONGEST_WAIT, requestEnds - clock.millis());
    }
}
