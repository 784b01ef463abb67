package io.tabot.strategy;

import java.util.Arrays;
import java.util.Optional;

/** Which reading of the rules is in force: the Python bot's, oddities included, or what its authors evidently meant. */
public enum RuleSet {
    PYTHON("python"),
    CORRECTED("corrected");

    private final String id;

    RuleSet(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<RuleSet> of(String id) {
        return Arrays.stream(values()).filter(ruleSet -> ruleSet.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
