package io.tabot.ops;

import java.util.Locale;

/**
 * How one thing that this process depends on is doing.
 *
 * @param name stable and short, e.g. {@code nats}: alerts are written against it
 * @param detail a sentence for the operator; without secrets, since probes answer everybody
 */
public record Check(String name, Status status, String detail) {
    /** From good to bad. */
    public enum Status {
        OK,
        DEGRADED,
        DOWN;

        /** The word that probes answer with. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Check ok(String name, String detail) {
        return new Check(name, Status.OK, detail);
    }

    public static Check degraded(String name, String detail) {
        return new Check(name, Status.DEGRADED, detail);
    }

    public static Check down(String name, String detail) {
        return new Check(name, Status.DOWN, detail);
    }
}
