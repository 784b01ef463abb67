package io.tabot.config;

import java.util.Locale;

/**
 * How one voter is doing, as the owner of the configuration sees it.
 *
 * @param revision the newest that it is known to hold in the present term; 0 while that is not known
 */
public record VoterStatus(String voter, State state, long revision) {
    /** From good to bad. */
    public enum State {
        /** It counts. */
        LEVEL,
        /** It is being brought to the present history. */
        BEHIND,
        /** It has lost what it held, and is filled once all the others are there. */
        EMPTY,
        /** It does not answer, or what it holds does not fit together. */
        AWAY;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
