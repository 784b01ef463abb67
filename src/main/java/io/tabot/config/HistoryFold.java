package io.tabot.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state that a history adds up to, read piece by piece. Each link of the chain is checked on the way. */
final class HistoryFold {
    /** More than there are nodes. */
    private static final int SEEN_MAX = 1_000;

    private record Seen(long generation, long revision, String hash) {}

    private final String environment;
    private final Set<Seen> seen = new LinkedHashSet<>();
    private ConfigState state;
    private @Nullable String broken;

    HistoryFold(String environment) {
        this.environment = environment;
        this.state = ConfigState.empty(environment);
    }

    ConfigState state() {
        return state;
    }

    /** Why what was read can't be served; nothing as long as it is sound. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** It is sound, but not what was in force before. */
    boolean isVetoed() {
        return broken != null && !seen.isEmpty();
    }

    /** Goes on from the state so far if that is part of this history, else from the beginning. */
    void begin(Kept history, ConfigState soFar) {
        // What was seen is asked about again once the history is read.
        broken = isVetoed() ? null : broken;
        state = history.holds(soFar.revision(), soFar.headHash()) ? soFar : ConfigState.empty(environment);
    }

    void add(List<ConfigEvent> events) {
        for (var event : events) {
            var problem = HashChain.verify(state.revision(), state.headHash(), event);
            if (problem.isPresent()) {
                broken = "the history is broken at revision " + problem.get().revision() + ": "
                        + problem.get().message();
                return;
            }
            state = state.apply(event);
        }
    }

    /** What the next event made of it; it was decided on the state so far. */
    void advance(ConfigState next) {
        state = next;
    }

    /** Whether a feed has shown another event at a revision of this, in the same generation or a later one. */
    boolean contradicts(Kept history, long generation) {
        return seen.stream()
                .filter(shown -> shown.generation() >= generation && shown.revision() <= history.revision())
                .anyMatch(shown -> !history.holds(shown.revision(), shown.hash()));
    }

    /** A feed has shown this. Feeds never vote for a history, but what they have seen can't be undone. */
    void seenElsewhere(long generation, long revision, String hash) {
        if (revision > 0 && seen.size() < SEEN_MAX) {
            seen.add(new Seen(generation, revision, hash));
        }
    }

    /**
     * Why this can't be the history: a feed has shown more than it, or something else. What agrees is forgotten, and
     * what was seen before a promotion: that has given it up.
     */
    Optional<String> checkAgainstSeen(Kept history, long generation) {
        seen.removeIf(shown -> shown.generation() < generation || history.holds(shown.revision(), shown.hash()));
        if (broken != null || seen.isEmpty()) {
            return Optional.empty();
        }
        broken = "the journal is at revision " + history.revision() + ", but "
                + (seen.iterator().next().revision() > history.revision() ? "" : "another ")
                + "revision " + seen.iterator().next().revision()
                + " was in force already: it went back in time. Bring the newer journal back, or, to go on with"
                + " this one, promote it: bin/ta-bot journals promote";
        return broken();
    }

    /** Whether everything up to the head was read. A head with another hash than the voters keep breaks the history. */
    boolean isWhole(long head, String hash) {
        if (state.revision() < head) {
            return false;
        }
        if (!state.headHash().equals(hash)) {
            broken = "the history that was read does not end in the hash that the voters keep";
            return false;
        }
        return true;
    }
}
