package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The last messages of one subject in a stream, read through a consumer that exists for that moment only. A stream
 * can't be asked where the last so many of a subject begin, but a consumer says how many are ahead of it: where there
 * are far too many, the place to begin is found by halving. Blocks, for each message and answer at most two seconds.
 */
final class SubjectTail {
    /** So many times what is asked for is still cheaper to read than to look for a better place to begin. */
    private static final int EXCESS = 4;

    private static final int BATCH = 500;
    private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_CONSUMER_LIFETIME = Duration.ofSeconds(10);

    private final Connection connection;
    private final JetStreamManagement consumers;
    private final String stream;
    private final String subject;

    SubjectTail(Connection connection, String stream, String subject) throws IOException {
        this.connection = connection;
        this.consumers = connection.jetStreamManagement();
        this.stream = stream;
        this.subject = subject;
    }

    /**
     * Oldest first; at least so many if there are, and at most about four times as many. Fails rather than answer
     * in part.
     */
    List<byte[]> newest(int count) throws IOException, JetStreamApiException, InterruptedException {
        var consumer = consumers.createConsumer(stream, consumer().build());
        if (consumer.getNumPending() > most(count)) {
            delete(consumer);
            consumer = near(count);
        }
        var subscription =
                connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, consumer.getName()));
        try {
            return read(subscription, consumer.getNumPending());
        } finally {
            subscription.unsubscribe();
            delete(consumer);
        }
    }

    /** A consumer with enough messages ahead of it and not many more. */
    private ConsumerInfo near(int count) throws IOException, JetStreamApiException {
        var state = consumers.getStreamInfo(stream).getStreamState();
        var tooMany = state.getFirstSequence();
        var tooFew = state.getLastSequence() + 1;
        while (true) {
            var middle = tooMany + (tooFew - tooMany) / 2;
            var probe = consumers.createConsumer(stream, from(middle));
            var ahead = probe.getNumPending();
            // Messages that come and go meanwhile may leave no place that fits; then the nearest is taken.
            if (middle == tooMany || ahead >= count && ahead <= most(count)) {
                return probe;
            }
            delete(probe);
            if (ahead < count) {
                tooFew = middle;
            } else {
                tooMany = middle;
            }
        }
    }

    private static long most(int count) {
        return (long) count * EXCESS;
    }

    private ConsumerConfiguration from(long sequence) {
        return consumer()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(sequence)
                .build();
    }

    private ConsumerConfiguration.Builder consumer() {
        return ConsumerConfiguration.builder()
                .filterSubject(subject)
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .inactiveThreshold(IDLE_CONSUMER_LIFETIME);
    }

    private void delete(ConsumerInfo consumer) throws IOException, JetStreamApiException {
        consumers.deleteConsumer(stream, consumer.getName());
    }

    private List<byte[]> read(JetStreamSubscription subscription, long available)
            throws IOException, InterruptedException {
        var bodies = new ArrayList<byte[]>();
        var ahead = available;
        for (int requested = 0; ahead > 0; requested--) {
            if (requested == 0) {
                requested = (int) Math.min(ahead, BATCH);
                subscription.pull(PullRequestOptions.noWait(requested).build());
            }
            var message = subscription.nextMessage(MESSAGE_TIMEOUT);
            if (message == null) {
                throw new IOException("the history of " + subject + " did not come in full");
            }
            bodies.add(message.getData());
            ahead = message.metaData().pendingCount();
        }
        return bodies;
    }
}
