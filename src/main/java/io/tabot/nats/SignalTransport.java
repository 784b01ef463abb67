package io.tabot.nats;

import java.util.concurrent.CompletionStage;

/** How one message gets to the server for good. */
@FunctionalInterface
interface SignalTransport {
    /** One attempt, which may block. Completes once the server has it; the same id sent again changes nothing. */
    CompletionStage<?> send(Outgoing message) throws Exception;

    /** @param id tells a repetition from a new message */
    record Outgoing(String subject, String id, byte[] body) {}
}
