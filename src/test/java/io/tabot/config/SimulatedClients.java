package io.tabot.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Callers that each want one change, named by its key, and repeat it anywhere until they are answered. */
final class SimulatedClients {
    private static final int KEYS = 12;

    private final Chance chance;
    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    SimulatedClients(Chance chance) {
        this.chance = chance;
    }

    /** Who asks next: one that has no answer yet, or any, since a caller may ask again all the same. */
    String next() {
        var isRepeated = isWaiting() && (chance.isCalm() || chance.isOneIn(2));
        var key = isRepeated ? List.copyOf(waiting).get(chance.below(waiting.size())) : "key-" + chance.below(KEYS);
        if (all.add(key)) {
            waiting.add(key);
        }
        return key;
    }

    void answered(String key) {
        waiting.remove(key);
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    Collection<String> waiting() {
        return waiting;
    }

    Collection<String> all() {
        return all;
    }
}
