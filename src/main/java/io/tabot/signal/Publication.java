package io.tabot.signal;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * What an outlet did with one signal.
 *
 * @param withheld why it was deliberately not sent, e.g. {@link #MAX_AGE}; null when it was sent
 */
public record Publication(Signal signal, @Nullable String withheld) {
    /** Its candle closed too long ago for anyone to act on it. */
    public static final String MAX_AGE = "max_age";

    /** It says hold, which under the corrected rules is an alert and no intent. */
    public static final String HOLD = "hold";

    /** There is nowhere to send signals to. */
    public static final String NO_OUTLET = "no_outlet";

    /** Withheld by the rule set whatever the outlet: listed, never sent. */
    static boolean isAlertOnly(Signal signal, RuleSet ruleSet) {
        return ruleSet == RuleSet.CORRECTED && signal.action() == Action.HOLD;
    }

    public static Publication sent(Signal signal) {
        return new Publication(signal, null);
    }

    public static Publication withheld(Signal signal, String reason) {
        return new Publication(signal, reason);
    }

    public boolean published() {
        return withheld == null;
    }
}
