package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stretches of one stream, read through consumers that exist for that moment only. Blocks. */
final class SignalStream {
    private static final int BATCH = 500;
    private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_CONSUMER_LIFETIME = Duration.ofSeconds(10);

    /**
     * What to read, in the order of the stream.
     *
     * @param from the first sequence, or nothing where a time tells the beginning
     * @param to the last sequence
     * @param isBodyWanted whether more than headers is wanted
     */
    record Stretch(String subject, long from, @Nullable ZonedDateTime since, long to, boolean isBodyWanted) {}

    private final Connection connection;
    private final String name;

    SignalStream(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** Every message of it, once. Fails rather than leave one out; one that is deleted meanwhile is none. */
    void read(Stretch stretch, Consumer<Message> messages)
            throws IOException, JetStreamApiException, InterruptedException {
        var consumers = connection.jetStreamManagement();
        var consumer = consumers.createConsumer(name, consumer(stretch));
        var subscription =
                connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(name, consumer.getName()));
        try {
            var ahead = consumer.getNumPending();
            for (var requested = 0; ahead > 0; requested--) {
                if (requested == 0) {
                    requested = (int) Math.min(ahead, BATCH);
                    subscription.pull(PullRequestOptions.noWait(requested).build());
                }
                var message = subscription.nextMessage(MESSAGE_TIMEOUT);
                if (message == null) {
                    throw new IOException("the stream " + name + " did not come in full");
                }
                if (message.metaData().streamSequence() > stretch.to()) {
                    return;
                }
                messages.accept(message);
                ahead = message.metaData().pendingCount();
            }
        } finally {
            subscription.unsubscribe();
            consumers.deleteConsumer(name, consumer.getName());
        }
    }

    private static ConsumerConfiguration consumer(Stretch stretch) {
        var consumer = ConsumerConfiguration.builder()
                .filterSubject(stretch.subject())
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .headersOnly(!stretch.isBodyWanted())
                .inactiveThreshold(IDLE_CONSUMER_LIFETIME);
        return stretch.since() == null
                ? consumer.deliverPolicy(DeliverPolicy.ByStartSequence)
                        .startSequence(Math.max(1, stretch.from()))
                        .build()
                : consumer.deliverPolicy(DeliverPolicy.ByStartTime)
                        .startTime(stretch.since())
                        .build();
    }
}
