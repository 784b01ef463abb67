package io.tabot.nats;

import io.tabot.trace.TraceContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How messages get to the server for good. */
@FunctionalInterface
interface SignalTransport {
    /**
     * One attempt, which may block where it says so. Completes once the server has all of them; the same ids sent again
     * change nothing.
     */
    CompletionStage<?> send(List<Outgoing> messages) throws Exception;

    /** Whether the next attempt may have to wait for the server: not on a thread that others need. */
    default boolean mayBlock() {
        return false;
    }

    /**
     * @param id tells a repetition from a new message
     * @param trace what whoever takes it goes on from
     */
    record Outgoing(
            String subject,
            String id,
            byte[] body,
            @Nullable TraceContext trace) {
        Outgoing(String subject, String id, byte[] body) {
            this(subject, id, body, null);
        }
    }
}
