package io.tabot.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an incarnation comes to its term: whose majority counts, when promises may be asked for, and on which history the
 * term opens once there are enough of them.
 */
final class Candidacy {
    /** What came of the promises so far. */
    sealed interface Choice {}

    /** There are not enough of them, or nobody at hand holds the history whole. */
    record NotYet() implements Choice {}

    /** There never will be enough for this incarnation. */
    record Hopeless(String reason) implements Choice {}

    record Chosen(Kept history) implements Choice {}

    private final ProtocolRules rules;
    private final Map<String, VoterProgress> voters;
    private final Reign.@Nullable Promotion promotion;
    private Electorate electorate;
    private boolean isFirstStart;
    private @Nullable String obstacle;

    Candidacy(ProtocolRules rules, Map<String, VoterProgress> voters, Reign.@Nullable Promotion promotion) {
        this.rules = rules;
        this.voters = voters;
        this.promotion = promotion;
        this.electorate = promotion == null ? Electorate.first(configured()) : Electorate.promoted(promotion);
    }

    Electorate electorate() {
        return electorate;
    }

    /** Nobody holds an event, so blank voters are new ones. */
    boolean isFirstStart() {
        return isFirstStart;
    }

    /** Why it does not come to a term, apart from voters that are away. */
    Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** Whether promises may be asked for; then it is settled whose count, and who has lost what it held. */
    boolean isReady() {
        // One that has lost everything has to be known as that before the promises are asked for.
        if (voters.values().stream().anyMatch(VoterProgress::isAsked)) {
            return false;
        }
        var known = states(VoterProgress::known);
        if (promotion == null) {
            var isNobodyHolding =
                    known.size() == voters.size() && known.values().stream().allMatch(VoterState::isWithoutEvents);
            isFirstStart = isNobodyHolding && known.values().stream().noneMatch(VoterState::isRemnant);
            electorate = isFirstStart ? Electorate.first(configured()) : Electorate.of(rules, known, configured());
            obstacle = isNobodyHolding && !isFirstStart ? lostHistory(known) : dispute(known);
        }
        return obstacle == null
                && isEnough(voter -> isFirstStart
                        || voter.known().filter(state -> !rules.isLost(state)).isPresent());
    }

    private static String lostHistory(Map<String, VoterState> known) {
        var remnants = known.entrySet().stream()
                .filter(voter -> voter.getValue().isRemnant())
                .map(Map.Entry::getKey)
                .toList();
        return "no voter holds an event, but in " + String.join(", ", remnants)
                + " lies a record of an earlier history,"
                + " which was lost: restore it, or, to begin anew, clear away what was put aside";
    }

    private static @Nullable String dispute(Map<String, VoterState> known) {
        return Electorate.isDisputed(known.values())
                ? "two promotions exclude each other; an operator has to empty the voters of one of them"
                : null;
    }

    /** The term to claim. */
    Term nextTerm() {
        var highest = states(VoterProgress::known).values().stream()
                .map(VoterState::fence)
                .map(Writer::term)
                .max(Term::compareTo)
                .orElse(Term.NONE);
        return promotion == null ? highest.next() : new Term(highest.generation() + 1, 1);
    }

    void markLost() {
        voters.values().stream()
                .filter(voter -> !isFirstStart && electorate.counts(voter.name()))
                .filter(voter -> voter.known().filter(rules::isLost).isPresent())
                .forEach(VoterProgress::lost);
    }

    Choice choose() {
        if (!isEnough(VoterProgress::hasPromised)) {
            return voters.values().stream().allMatch(voter -> voter.hasPromised() || voter.isEmptied())
                    ? new Hopeless("a voter was emptied")
                    : new NotYet();
        }
        var promised = states(voter -> electorate.counts(voter.name()) ? voter.promised() : Optional.empty())
                .values();
        if (isFirstStart && !promised.stream().allMatch(VoterState::isWithoutEvents)) {
            return new Hopeless("somebody else was first");
        }
        if (haveVotersChanged(promised)) {
            return new Hopeless("the voters have changed meanwhile");
        }
        var chosen = Election.choose(rules, List.copyOf(promised));
        obstacle = chosen.isPresent() ? null : "the newest history can't be put together from the voters at hand";
        return chosen.<Choice>map(Chosen::new).orElseGet(NotYet::new);
    }

    private boolean haveVotersChanged(Collection<VoterState> promised) {
        return promotion == null
                && !isFirstStart
                && Electorate.newest(promised).term().compareTo(electorate.basis()) > 0;
    }

    /**
     * A majority; or all that are left when so few were lost that what is left still meets every majority.
     * A first start asks for all: one that is silent may be the one that remembers.
     */
    private boolean isEnough(Predicate<VoterProgress> counts) {
        return isFirstStart ? voters.values().stream().allMatch(counts) : electorate.all(this::isEnoughOf, is(counts));
    }

    private boolean isEnoughOf(Collection<String> list, Predicate<String> counts) {
        var lost = list.stream()
                .filter(is(voter ->
                        voter.isLost() || voter.known().filter(rules::isLost).isPresent()))
                .count();
        return rules.isEnoughToOpen(list, counts)
                || (lost > 0
                        && lost <= list.size() / 2
                        && list.stream().filter(counts).count() == list.size() - lost);
    }

    /** A voter that the settings don't name any more is as good as away. */
    private Predicate<String> is(Predicate<VoterProgress> so) {
        return name -> {
            var voter = voters.get(name);
            return voter != null && so.test(voter);
        };
    }

    private List<String> configured() {
        return List.copyOf(voters.keySet());
    }

    private Map<String, VoterState> states(Function<VoterProgress, Optional<VoterState>> state) {
        var states = new LinkedHashMap<String, VoterState>();
        voters.values().forEach(voter -> state.apply(voter).ifPresent(found -> states.put(voter.name(), found)));
        return states;
    }
}
