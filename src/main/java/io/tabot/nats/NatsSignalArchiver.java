package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.tabot.signal.SentSignal;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SourceHealth;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies our signals from the stream that keeps them into an archive. The stream is the outbox: a durable consumer that
 * all nodes share remembers in the server what is archived, so nothing here has to survive. While the archive is away
 * one batch waits here and the rest there; whoever makes signals notices nothing.
 */
public final class NatsSignalArchiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsSignalArchiver.class);

    private final NatsSettings settings;
    private final String environment;
    private final SignalArchive archive;
    private final Clock clock;
    private final Counter archived;
    private final Counter refused;
    private final PullWorker worker;
    private volatile long pending = SourceHealth.PENDING_UNKNOWN;

    public NatsSignalArchiver(
            NatsConnection nats, String environment, SignalArchive archive, MeterRegistry meters, Clock clock) {
        this.settings = nats.settings();
        this.environment = environment;
        this.archive = archive;
        this.clock = clock;
        this.worker = new PullWorker(
                "signal-archive",
                nats,
                new Outage(LOG, "Copying signals into the archive does not work"),
                this::open,
                this::keep);
        this.archived = Counter.builder("ta_bot_signals_archived")
                .description("Signals that the archive has taken, repetitions included")
                .register(meters);
        this.refused = Counter.builder("ta_bot_signals_archive_refused")
                .description("Signals that the archive can never take")
                .register(meters);
        Gauge.builder("ta_bot_signals_archive_pending", this, archiver -> archiver.pending)
                .description("Signals in the stream that are not in the archive, -1 unknown")
                .register(meters);
    }

    /** Begins and returns at once. */
    public void start() {
        worker.start();
    }

    /** What was not archived by then is archived after the next start, or by another node. */
    @Override
    public void close() throws InterruptedException {
        worker.close();
    }

    private void keep(List<Message> batch) throws InterruptedException, IOException, JetStreamApiException {
        if (batch.isEmpty()) {
            pending = worker.session().pending();
            return;
        }
        var signals = batch.stream()
                .map(message -> SentSignal.read(environment, message.getData()))
                .flatMap(Optional::stream)
                .toList();
        var ended = kept(batch, signals);
        if (ended.isEmpty()) {
            batch.forEach(message -> new JetStreamAcknowledgement(message).handBack());
            return;
        }
        refused.increment(ended.get().size());
        archived.increment(signals.size() - ended.get().size());
        batch.forEach(Message::ack);
        pending = batch.getLast().metaData().pendingCount();
        worker.succeeded();
    }

    /** Those that were refused, or nothing if this ends before the archive answers. */
    private Optional<List<SentSignal>> kept(List<Message> batch, List<SentSignal> signals)
            throws InterruptedException, IOException, JetStreamApiException {
        while (true) {
            try {
                return Optional.of(signals.isEmpty() ? List.of() : archive.keep(signals));
            } catch (SignalArchive.Unavailable e) {
                worker.failed(e);
                pending = batch.size() + worker.session().askPending();
                worker.rest();
                if (worker.isClosing()) {
                    return Optional.empty();
                }
                batch.forEach(Message::inProgress);
            }
        }
    }

    private PullSession open(Connection connection) throws IOException, JetStreamApiException {
        var stream = NatsStreams.ofSignals(connection, settings.signals())
                .getConfiguration()
                .getName();
        var delivery = settings.candles().delivery();
        var consumer = connection
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .durable(delivery.durable() + "-archive")
                                .filterSubject(settings.signals().subject() + ".*")
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(delivery.ackWait())
                                .maxAckPending(delivery.maxAckPending())
                                .deliverPolicy(DeliverPolicy.All)
                                .build());
        pending = consumer.getCalculatedPending();
        return PullSession.open(connection, consumer, delivery.fetchBatch(), clock);
    }
}
