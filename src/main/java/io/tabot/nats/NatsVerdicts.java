package io.tabot.nats;

/** Says on NATS how the service is. At most once: the next one comes soon. */
public final class NatsVerdicts {
    private final NatsConnection nats;
    private final String subject;

    public NatsVerdicts(NatsConnection nats, String subject) {
        this.nats = nats;
        this.subject = subject;
    }

    /** Whether it went out; nothing can while there is no connection. */
    public boolean publish(byte[] body) {
        try {
            nats.require().publish(subject, body);
            return true;
        } catch (NotConnected | IllegalStateException e) {
            return false;
        }
    }
}
