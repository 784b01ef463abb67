package io.tabot.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state that a history adds up to, read piece by piece. Each link of the chain is checked on the way. */
final class HistoryFold {
    private ConfigState state;
    private @Nullable String broken;
    private long seenRevision;
    private String seenHash = HashChain.GENESIS;

    HistoryFold(String environment) {
        this.state = ConfigState.empty(environment);
    }

    ConfigState state() {
        return state;
    }

    /** Why what was read can't be served; nothing as long as it is sound. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
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

    /** A feed has shown this. Feeds never vote for a history, but what they have seen can't be undone. */
    void seenElsewhere(long revision, String hash) {
        if (revision > seenRevision) {
            seenRevision = revision;
            seenHash = hash;
        }
    }

    /** Why the state can't be what the history is: a feed has shown more than it, or something else. */
    Optional<String> checkAgainstSeen(ConfigState whole) {
        if (broken == null
                && (seenRevision > whole.revision()
                        || (seenRevision == whole.revision() && !seenHash.equals(whole.headHash())))) {
            broken = "the journal is at revision " + whole.revision() + ", but revision " + seenRevision
                    + " was in force already: it went back in time. Bring the newer journal back, or, to go on with"
                    + " this one, stop the service and delete the last-state file in its data folder";
            return broken();
        }
        return Optional.empty();
    }

    /** Whether everything up to the head was read. A head with another hash than the voter keeps breaks the history. */
    boolean isWhole(Incarnation.Opened head) {
        if (state.revision() < head.revision()) {
            return false;
        }
        if (!state.headHash().equals(head.hash())) {
            broken = "the history read from " + head.voter() + " does not end in the hash that it keeps";
            return false;
        }
        return true;
    }
}
