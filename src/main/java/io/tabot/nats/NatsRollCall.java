package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds out over NATS whether other nodes of an environment are in a cluster, when they can't be reached as nodes. It
 * says nothing of those that don't answer.
 */
public final class NatsRollCall {
    /** A stream of somebody else that covers the subject answers too, with something else. */
    private static final Pattern NODE = Pattern.compile("[^\\s:/@]+:[0-9]{1,5}");

    private final NatsConnection nats;
    private final String subject;
    private final String self;

    /** @param self host and port of this node */
    public NatsRollCall(NatsConnection nats, String self) {
        this.nats = nats;
        this.subject = nats.settings().notices().membersSubject();
        this.self = self;
    }

    /** From now on this node, which is in a cluster, answers whoever asks, until the connection is closed. */
    public void answer() {
        nats.onOpen(this::subscribe);
    }

    /**
     * Host and port of the first that answers, blocking until then.
     *
     * @param connect how long to wait for a connection
     * @throws IOException if there was none in that time
     */
    public Optional<String> another(Duration connect, Duration answer) throws IOException, InterruptedException {
        var connection = connection(connect);
        var inbox = connection.createInbox();
        var answers = connection.subscribe(inbox);
        try {
            connection.publish(subject, inbox, self.getBytes(StandardCharsets.UTF_8));
            var end = System.nanoTime() + answer.toNanos();
            for (var left = answer; left.isPositive(); left = Duration.ofNanos(end - System.nanoTime())) {
                var message = answers.nextMessage(left);
                if (message == null || message.isStatusMessage()) {
                    return Optional.empty();
                }
                var node = new String(message.getData(), StandardCharsets.UTF_8);
                if (NODE.matcher(node).matches() && !node.equals(self)) {
                    return Optional.of(node);
                }
            }
            return Optional.empty();
        } finally {
            answers.unsubscribe();
        }
    }

    private Connection connection(Duration patience) throws NotConnected, InterruptedException {
        var opened = new CompletableFuture<Connection>();
        Consumer<Connection> first = opened::complete;
        nats.onOpen(first);
        try {
            opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Told below.
        } finally {
            nats.removeOnOpen(first);
        }
        return nats.require();
    }

    /** On a reconnect jnats subscribes again by itself; this is for the first connection and after a given-up one. */
    private void subscribe(Connection opened) {
        opened.createDispatcher(message -> reply(opened, message)).subscribe(subject);
    }

    private void reply(Connection connection, Message question) {
        if (question.getReplyTo() != null) {
            connection.publish(question.getReplyTo(), self.getBytes(StandardCharsets.UTF_8));
        }
    }
}
