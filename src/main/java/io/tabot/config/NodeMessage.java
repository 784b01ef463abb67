package io.tabot.config;

/**
 * What may be sent from one node to another, as jackson-cbor. A type that implements it has a sample in the test of the
 * round trip; everything else stays on its node, and is refused by the serialization if it is sent all the same.
 */
public interface NodeMessage {}
