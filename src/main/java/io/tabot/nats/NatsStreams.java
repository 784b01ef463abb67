package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the stream that keeps a subject, and makes one when there is none. Blocks. */
final class NatsStreams {
    private static final Logger LOG = LoggerFactory.getLogger(NatsStreams.class);
    private static final int STREAM_NOT_FOUND = 10_059;

    private NatsStreams() {}

    /** The stream that keeps everything the subject matches, whoever made it. */
    static Optional<StreamInfo> covering(Connection connection, String subject)
            throws IOException, JetStreamApiException {
        var streams = connection.jetStreamManagement();
        for (var name : streams.getStreamNames(subject)) {
            var info = streams.getStreamInfo(name);
            if (info.getConfiguration().getSubjects().stream().anyMatch(own -> SubjectPattern.covers(own, subject))) {
                return Optional.of(info);
            }
        }
        return Optional.empty();
    }

    static StreamInfo ofCandles(Connection connection, String subject, NatsSettings.Candles candles)
            throws IOException, JetStreamApiException {
        return coveringOrMade(connection, subject, subject, candles.stream(), UnaryOperator.identity());
    }

    /** A strategy's id is one part of the subject, so a stream of others that keeps just that will do. */
    static StreamInfo ofSignals(Connection connection, NatsSettings.Signals signals)
            throws IOException, JetStreamApiException {
        return coveringOrMade(
                connection,
                signals.subject() + ".*",
                signals.subject() + ".>",
                signals.stream(),
                UnaryOperator.identity());
    }

    /** Heads are evidence: the server takes no request to delete one. */
    static StreamInfo ofHeads(Connection connection, String subject, StreamSettings settings)
            throws IOException, JetStreamApiException {
        return coveringOrMade(
                connection,
                subject,
                subject,
                settings,
                made -> made.denyDelete(true).denyPurge(true));
    }

    /** One at a time, so that two subjects of one stream don't overwrite each other. */
    private static synchronized StreamInfo coveringOrMade(
            Connection connection,
            String needed,
            String subject,
            StreamSettings settings,
            UnaryOperator<StreamConfiguration.Builder> more)
            throws IOException, JetStreamApiException {
        var covering = covering(connection, needed);
        if (covering.isPresent()) {
            return covering.get();
        }
        var streams = connection.jetStreamManagement();
        var own = find(streams, settings.name());
        var made = own.isPresent()
                ? streams.updateStream(StreamConfiguration.builder(own.get().getConfiguration())
                        .addSubjects(subject)
                        .build())
                : streams.addStream(more.apply(configuration(subject, settings)).build());
        LOG.info("{} stream {} for {}", own.isPresent() ? "Extended" : "Made", settings.name(), subject);
        return made;
    }

    private static Optional<StreamInfo> find(JetStreamManagement streams, String name)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(streams.getStreamInfo(name));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static StreamConfiguration.Builder configuration(String subject, StreamSettings settings) {
        return StreamConfiguration.builder()
                .name(settings.name())
                .subjects(subject)
                .maxMessagesPerSubject(settings.messagesPerSubject() == 0 ? -1 : settings.messagesPerSubject())
                .maxAge(settings.maxAge())
                .duplicateWindow(settings.duplicateWindow())
                .storageType(
                        switch (settings.storage()) {
                            case FILE -> StorageType.File;
                            case MEMORY -> StorageType.Memory;
                        })
                .replicas(settings.replicas());
    }
}
