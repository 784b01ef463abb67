package io.tabot.nats;

import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import java.util.List;

/** Turns one message into the candles that it is about. May block; never throws. */
@FunctionalInterface
interface MessageIntake {
    /**
     * Each to be acknowledged by itself. Of a message without any, {@code ack} has been told already what becomes of
     * it.
     */
    List<CandleMessage> take(String subject, byte[] body, CandleIntake.Delivery delivery, Acknowledgement ack);
}
