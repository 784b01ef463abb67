package io.tabot.nats;

/** Reads one message. Pure, and total: any bytes whatever have an answer. */
@FunctionalInterface
interface CandleDecoder {
    Decoded decode(String subject, byte[] body);
}
