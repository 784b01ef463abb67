package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.tabot.live.LiveEntry;
import io.tabot.signal.LiveSignal;
import io.tabot.signal.SentSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a piece of the stream of signals through a consumer that exists for that moment only. Blocks. */
final class SignalPage {
    private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(2);

    /**
     * What was read.
     *
     * @param upTo the number of the last message, ours or not; 0 if there was none
     * @param isLast whether there was no more
     */
    record Page(List<LiveEntry<LiveSignal>> signals, long upTo, boolean isLast) {}

    private final Connection connection;
    private final String stream;
    private final String environment;

    SignalPage(Connection connection, String stream, String environment) {
        this.connection = connection;
        this.stream = stream;
        this.environment = environment;
    }

    Page read(ConsumerConfiguration.Builder from, int limit)
            throws IOException, JetStreamApiException, InterruptedException {
        var consumers = connection.jetStreamManagement();
        var consumer = consumers.createConsumer(stream, from.build());
        var subscription =
                connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, consumer.getName()));
        try {
            var signals = new ArrayList<LiveEntry<LiveSignal>>();
            var ahead = consumer.getNumPending();
            var upTo = 0L;
            var count = (int) Math.min(ahead, limit);
            if (count > 0) {
                subscription.pull(PullRequestOptions.noWait(count).build());
            }
            for (var i = 0; i < count; i++) {
                var message = subscription.nextMessage(MESSAGE_TIMEOUT);
                if (message == null) {
                    throw new IOException("a piece of the stream of signals did not come in full");
                }
                upTo = message.metaData().streamSequence();
                var number = upTo;
                SentSignal.read(environment, message.getData())
                        .ifPresent(signal -> signals.add(new LiveEntry<>(number, LiveSignal.of(signal))));
            }
            return new Page(signals, upTo, ahead <= limit);
        } finally {
            subscription.unsubscribe();
            consumers.deleteConsumer(stream, consumer.getName());
        }
    }
}
