package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer that all nodes share: it remembers on the server which candles were dealt with. Blocks. */
final class DurableConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(DurableConsumer.class);
    private static final int CONSUMER_NOT_FOUND = 10_014;

    private DurableConsumer() {}

    /**
     * The consumer of this name, made when missing. A new one begins with the messages stored after the given time;
     * older ones are history.
     */
    static ConsumerInfo foundOrMade(
            Connection connection, String stream, String subject, NatsSettings.Candles candles, Instant after)
            throws IOException, JetStreamApiException {
        var consumers = connection.jetStreamManagement();
        var name = name(candles, subject);
        var delivery = candles.delivery();
        var found = find(consumers, stream, name);
        if (found.isEmpty()) {
            LOG.info("Making consumer {} of stream {} for {}", name, stream, subject);
            return consumers.createConsumer(stream, configuration(name, subject, delivery, after));
        }
        return asSet(consumers, found.get(), subject, delivery);
    }

    /** A consumer has one subject (more need a server of 2.10), so of several subjects each has its own. */
    static String name(NatsSettings.Candles candles, String subject) {
        var durable = candles.delivery().durable();
        return candles.subjects().equals(List.of(subject)) ? durable : durable + "-" + suffix(subject);
    }

    private static String suffix(String subject) {
        return subject.replace("*", "any").replace(">", "all").replaceAll("[^A-Za-z0-9_]", "-");
    }

    private static ConsumerInfo asSet(
            JetStreamManagement consumers, ConsumerInfo found, String subject, NatsSettings.Delivery delivery)
            throws IOException, JetStreamApiException {
        var configuration = found.getConsumerConfiguration();
        if (configuration.getAckPolicy() != AckPolicy.Explicit || configuration.getDeliverSubject() != null) {
            throw new IOException("consumer " + found.getName() + " of stream " + found.getStreamName()
                    + " exists and is no pull consumer with explicit acknowledgement");
        }
        if (subject.equals(configuration.getFilterSubject())
                && delivery.ackWait().equals(configuration.getAckWait())
                && delivery.maxAckPending() == configuration.getMaxAckPending()) {
            return found;
        }
        return consumers.addOrUpdateConsumer(
                found.getStreamName(),
                ConsumerConfiguration.builder(configuration)
                        .filterSubject(subject)
                        .ackWait(delivery.ackWait())
                        .maxAckPending(delivery.maxAckPending())
                        .build());
    }

    private static Optional<ConsumerInfo> find(JetStreamManagement consumers, String stream, String name)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(consumers.getConsumerInfo(stream, name));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ConsumerConfiguration configuration(
            String name, String subject, NatsSettings.Delivery delivery, Instant after) {
        return ConsumerConfiguration.builder()
                .durable(name)
                .filterSubject(subject)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(delivery.ackWait())
                .maxAckPending(delivery.maxAckPending())
                .deliverPolicy(DeliverPolicy.ByStartTime)
                .startTime(Objects.requireNonNull(after.atZone(ZoneOffset.UTC)))
                .build();
    }
}
