package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import java.util.function.Consumer;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.jspecify.annotations.Nullable;

/**
 * A plain subscription in the queue group that all nodes share. The server can't be asked to wait: what does not fit
 * into the queue is dropped and counted.
 */
final class CoreSubscription {
    private final NatsConnection nats;
    private final String subject;
    private final MessageIntake intake;
    private final Counter dropped;
    private final BoundedSourceQueue<CandleMessage> queue;
    private final Consumer<Connection> listener = this::subscribe;
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;

    private CoreSubscription(
            NatsConnection nats,
            String subject,
            MessageIntake intake,
            Counter dropped,
            BoundedSourceQueue<CandleMessage> queue) {
        this.nats = nats;
        this.subject = subject;
        this.intake = intake;
        this.dropped = dropped;
        this.queue = queue;
    }

    static CoreSubscription open(
            NatsConnection nats,
            String subject,
            MessageIntake intake,
            Counter dropped,
            BoundedSourceQueue<CandleMessage> queue) {
        var subscription = new CoreSubscription(nats, subject, intake, dropped, queue);
        nats.onOpen(subscription.listener);
        return subscription;
    }

    int waiting() {
        return queue.size();
    }

    /** Takes nothing more; the stream ends after what the queue holds. */
    void stop() {
        nats.removeOnOpen(listener);
        unsubscribe();
        if (!queue.isCompleted()) {
            queue.complete();
        }
    }

    private synchronized void unsubscribe() {
        if (connection != null && dispatcher != null && connection.getStatus() != Connection.Status.CLOSED) {
            connection.closeDispatcher(dispatcher);
        }
        dispatcher = null;
    }

    /** On a reconnect jnats subscribes again by itself; this is for the first connection and after a given-up one. */
    private synchronized void subscribe(Connection opened) {
        if (queue.isCompleted()) {
            return;
        }
        connection = opened;
        dispatcher = opened.createDispatcher(this::onMessage);
        dispatcher.subscribe(subject, nats.settings().candles().delivery().durable());
    }

    private void onMessage(Message message) {
        for (var candle : intake.take(
                message.getSubject(), message.getData(), CandleIntake.Delivery.plain(message), Acknowledgement.NONE)) {
            if (queue.offer(candle) == QueueOfferResult.dropped()) {
                dropped.increment();
            }
        }
    }
}
