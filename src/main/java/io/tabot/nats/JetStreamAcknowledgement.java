package io.tabot.nats;

import io.nats.client.Message;
import io.tabot.signal.CandleMessage.Acknowledgement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the server for one delivered message, without waiting for it to hear that. An answer that gets lost only
 * means that the message is delivered once more.
 */
final class JetStreamAcknowledgement implements Acknowledgement {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamAcknowledgement.class);
    static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 5;

    private final Message message;
    private final AtomicBoolean settled = new AtomicBoolean();

    JetStreamAcknowledgement(Message message) {
        this.message = message;
    }

    @Override
    public void done() {
        settle(message::ack);
    }

    @Override
    public void retry() {
        settle(() -> message.nakWithDelay(retryDelay(message.metaData().deliveredCount())));
    }

    /** Nothing is wrong with it, but this node stops: another one may have it at once. */
    void handBack() {
        settle(message::nak);
    }

    static Duration retryDelay(long deliveries) {
        return RETRY_FIRST.multipliedBy(1L << Math.clamp(deliveries - 1, 0, DOUBLINGS_MAX));
    }

    private void settle(Runnable answer) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        try {
            answer.run();
        } catch (RuntimeException e) {
            LOG.debug("An acknowledgement was not sent; the candle will come again", e);
        }
    }
}
