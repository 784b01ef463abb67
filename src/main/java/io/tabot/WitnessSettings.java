package io.tabot;

import io.tabot.nats.NatsWitness;

/**
 * Where the third voter is that two journals need.
 *
 * @param bucket of NATS, where it is there
 */
public record WitnessSettings(Kind kind, NatsWitness.Bucket bucket) {
    /** The places. */
    public enum Kind {
        /** NATS where JetStream is used, else a file. */
        AUTO,
        NATS,
        FILE,
        NONE
    }
}
