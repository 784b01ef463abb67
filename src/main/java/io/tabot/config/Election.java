package io.tabot.config;

import java.util.List;
import java.util.Optional;

/** Which history the incarnation goes on with, of those that its voters held when they promised themselves to it. */
final class Election {
    private Election() {}

    /**
     * The highest history, whole. Nothing if the highest is the witness's and no journal at hand holds what lies below
     * it: a history with a hole is never served.
     */
    static Optional<Kept> choose(ProtocolRules rules, List<VoterState> promised) {
        var best = promised.stream()
                .reduce((one, other) -> rules.outranks(other, one) ? other : one)
                .map(VoterState::kept)
                .orElse(Kept.NOTHING);
        if (best.floor() == 0) {
            return Optional.of(best);
        }
        var floor = best.upTo(best.floor());
        return promised.stream()
                .map(VoterState::kept)
                .filter(kept -> kept.floor() == 0 && kept.holds(floor.revision(), floor.hash()))
                .findFirst()
                .map(kept -> joined(kept.upTo(floor.revision()), best));
    }

    private static Kept joined(Kept lower, Kept upper) {
        var whole = lower;
        for (var revision = lower.revision() + 1; revision <= upper.revision(); revision++) {
            var event = upper.upTo(revision);
            whole = whole.with(event.hash(), event.origin(), 0);
        }
        return whole;
    }
}
