package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.nats.SignalTransport.Outgoing;
import java.util.Optional;

/**
 * Tells the services around of changes and of the head of the history. Plain publications: whoever listens hears them,
 * once in the normal case, twice or not at all when a connection breaks. Changes and heads don't wait for each other.
 */
public final class NatsNotices implements AutoCloseable {
    private static final int CHANGES_WAITING_MAX = 1_000;

    /** An older head says nothing that the newest does not. */
    private static final int HEADS_WAITING_MAX = 1;

    private final NatsSettings.Notices settings;
    private final NoticeSender changes;
    private final NoticeSender heads;

    public NatsNotices(NatsConnection nats, MeterRegistry meters) {
        this.settings = nats.settings().notices();
        this.changes = new NoticeSender(
                "changes of the configuration",
                new CoreTransport(nats),
                CHANGES_WAITING_MAX,
                new NoticeSender.Counters(sent(meters, "changed"), dropped(meters, "changed")));
        this.heads = new NoticeSender(
                "the head of the history",
                transportOfHeads(nats),
                HEADS_WAITING_MAX,
                new NoticeSender.Counters(sent(meters, "head"), dropped(meters, "head")));
        Gauge.builder("ta_bot_config_notices_waiting", changes, NoticeSender::waiting)
                .description("Changes of the configuration that NATS has not been told of yet")
                .register(meters);
    }

    /** @param id the same for the same change */
    public void changed(String id, byte[] body) {
        if (settings.changes()) {
            changes.send(new Outgoing(settings.changedSubject(), id, body));
        }
    }

    /** @param id of this notice alone */
    public void head(String id, byte[] body) {
        heads.send(new Outgoing(settings.headSubject(), id, body));
    }

    @Override
    public void close() throws InterruptedException {
        changes.close();
        heads.close();
    }

    private SignalTransport transportOfHeads(NatsConnection nats) {
        return settings.headStream()
                .<SignalTransport>map(stream -> new JetStreamTransport(
                        nats,
                        Optional.empty(),
                        connection -> NatsStreams.ofHeads(connection, settings.headSubject(), stream),
                        () -> {}))
                .orElseGet(() -> new CoreTransport(nats));
    }

    private static Counter sent(MeterRegistry meters, String notice) {
        return Counter.builder("ta_bot_config_notices_sent")
                .description("Notices about the configuration that NATS has taken")
                .tag("notice", notice)
                .register(meters);
    }

    private static Counter dropped(MeterRegistry meters, String notice) {
        return Counter.builder("ta_bot_config_notices_dropped")
                .description("Notices about the configuration that were never sent, as newer ones came first")
                .tag("notice", notice)
                .register(meters);
    }
}
