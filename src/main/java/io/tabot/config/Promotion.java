package io.tabot.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An operator's way out when no majority is left: he names the voters that count from now on, and vouches that the
 * others are gone. What only the others hold is given up, acknowledged or not.
 */
public final class Promotion {
    private Promotion() {}

    /** How a promotion ended. */
    public sealed interface Reply extends NodeMessage {}

    /**
     * It is in force.
     *
     * @param revision that the promoted voters go on from
     */
    public record Promoted(Term term, long revision, Reign.Promotion promotion) implements Reply {}

    /** Nothing was done, or nothing that counts. */
    public record Refused(String reason) implements Reply {}

    /** It was begun, and may take effect when its voters answer again. */
    public record Unconfirmed(String reason) implements Reply {}

    /**
     * Who votes, and how they are.
     *
     * @param term of the owner of the configuration; it counts once it is open
     * @param promotion that the generation of the term began with; null for the first
     */
    public record Standing(Term term, List<VoterStatus> voters, Reign.@Nullable Promotion promotion)
            implements NodeMessage {
        public Standing {
            voters = List.copyOf(voters);
        }
    }

    /** Why these voters can't be promoted now; nothing if they can. */
    static Optional<String> refusal(Incarnation current, List<String> promoted, boolean isVetoed) {
        var names = current.voters.keySet();
        var unknown = promoted.stream().filter(name -> !names.contains(name)).findFirst();
        if (unknown.isPresent()) {
            return Optional.of("no voter is called " + unknown.get() + "; there are " + String.join(", ", names));
        }
        if (new HashSet<>(promoted).size() < promoted.size()
                || promoted.stream().allMatch(Voter.WITNESS::equals)) {
            return Optional.of("name at least one journal, and each voter once");
        }
        Predicate<String> counts = name -> Optional.ofNullable(current.voters.get(name))
                .flatMap(VoterProgress::known)
                .filter(state -> !state.isBlank())
                .isPresent();
        return promoted.stream()
                .filter(counts.negate())
                .findFirst()
                .map(name -> name + " is away or holds nothing; only what answers can be promoted")
                .or(() -> needless(current, counts, isVetoed));
    }

    /** What a voter that comes back after a promotion holds beyond it, in words; nothing if there is nothing. */
    static Optional<String> discarded(Incarnation current, Voter.Reply reply) {
        var promotion = current.electorate().promotion();
        if (!(reply instanceof Voter.Holds(var voter, var state))
                || promotion == null
                || current.phase() != Incarnation.Phase.OPEN
                || state.isBlank()
                || state.reign().term().generation() >= current.term().generation()) {
            return Optional.empty();
        }
        var shared = Math.max(
                state.kept().sharedWith(current.history()), state.kept().floor());
        return shared >= state.revision()
                ? Optional.empty()
                : Optional.of(voter + " is back with revisions " + (shared + 1) + " to " + state.revision()
                        + ", acknowledged or not: they were given up when " + promotion.by() + " promoted "
                        + String.join(", ", promotion.voters()));
    }

    private static Optional<String> needless(Incarnation current, Predicate<String> counts, boolean isVetoed) {
        var isStuck = isVetoed || current.obstacle().isPresent();
        return isStuck || !hasMajority(current, counts)
                ? Optional.empty()
                : Optional.of("there is nothing to promote: a majority of the voters is there");
    }

    private static boolean hasMajority(Incarnation current, Predicate<String> counts) {
        return current.electorate()
                .all(
                        (Collection<String> voters, Predicate<String> isSo) ->
                                voters.stream().filter(isSo).count() > voters.size() / 2,
                        counts);
    }
}
