package io.tabot.config;

import java.util.List;

/** How a change ended. Refusals are values, so that a caller's switch must name each of them. */
public sealed interface ChangeReply extends NodeMessage {
    /**
     * The rules have spoken. An accepted change is durable, unless it was only validated.
     *
     * @param before the state that it was decided on
     * @param durability the voters that hold the event; empty where there is none
     */
    record Decided(Outcome outcome, ConfigState before, List<String> durability) implements ChangeReply {}

    /** The event may still take effect; repeat with the same idempotency key. */
    record Unconfirmed(String reason) implements ChangeReply {}

    /** No change is taken at present. */
    record ReadOnly(String reason) implements ChangeReply {}
}
