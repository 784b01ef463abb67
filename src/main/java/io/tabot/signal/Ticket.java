package io.tabot.signal;

import io.tabot.config.NodeMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Goes with a candle to its actor and comes back once the candle is dealt with for good. It is its own answer, so that
 * asking needs nothing but a table of the tickets that are out.
 *
 * @param number of one candle under way, never used again by that office
 */
public record Ticket(long number, ActorRef<Ticket> office) implements NodeMessage {
    void done() {
        office.tell(this);
    }
}
