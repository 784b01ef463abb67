package io.tabot.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose majority counts in one incarnation: that of the voters of the newest term that was opened. Where the settings
 * name others, those are brought level first, then both majorities are asked for, and only then do the new ones stand
 * alone: so there are never two majorities that know nothing of each other.
 *
 * @param voters as the term's opening record is to name them
 * @param outgoing to be named beside them
 * @param counted one list, or two while the voters change
 * @param basis the term whose record all of this follows from
 */
record Electorate(
        List<String> voters,
        List<String> outgoing,
        List<List<String>> counted,
        Term basis,
        Reign.@Nullable Promotion promotion) {
    /** Where no term was opened yet. */
    static Electorate first(List<String> configured) {
        return new Electorate(configured, List.of(), List.of(configured), Term.NONE, null);
    }

    /** The operator's word, whatever the voters say. */
    static Electorate promoted(Reign.Promotion promotion) {
        var voters = promotion.voters();
        return new Electorate(voters, List.of(), List.of(voters), Term.NONE, promotion);
    }

    /** What follows from what the voters say of themselves. */
    static Electorate of(ProtocolRules rules, Map<String, VoterState> known, List<String> configured) {
        var newest = newest(known.values());
        var voters = newest.voters();
        if (newest.term().equals(Term.NONE)) {
            return first(configured);
        }
        Predicate<String> hasNewest = voter ->
                known.containsKey(voter) && known.get(voter).reign().term().equals(newest.term());
        if (!newest.outgoing().isEmpty()) {
            var isBinding = rules.isMajority(newest.outgoing(), hasNewest) && rules.isMajority(voters, hasNewest);
            return new Electorate(
                    voters,
                    isBinding ? List.of() : newest.outgoing(),
                    rules.countedWhileChanging(newest.outgoing(), voters),
                    newest.term(),
                    newest.promotion());
        }
        return isSame(voters, configured) || !configured.stream().allMatch(hasNewest)
                ? new Electorate(voters, List.of(), List.of(voters), newest.term(), newest.promotion())
                : new Electorate(
                        configured,
                        voters,
                        rules.countedWhileChanging(voters, configured),
                        newest.term(),
                        newest.promotion());
    }

    /** Who votes since the newest term that any of these voters knows. */
    static Reign newest(Collection<VoterState> known) {
        return known.stream()
                .map(VoterState::reign)
                .reduce((one, other) -> other.term().compareTo(one.term()) > 0 ? other : one)
                .orElse(Reign.NONE);
    }

    /** Two promotions of one generation: which of them is right is not for a program to say. */
    static boolean isDisputed(Collection<VoterState> known) {
        var generation = newest(known).term().generation();
        return known.stream()
                        .map(VoterState::reign)
                        .filter(reign -> reign.term().generation() == generation)
                        .map(Reign::promotion)
                        .filter(Objects::nonNull)
                        .map(Reign.Promotion::id)
                        .distinct()
                        .count()
                > 1;
    }

    boolean counts(String voter) {
        return counted.stream().anyMatch(list -> list.contains(voter));
    }

    /** Whether the rule holds of each list. */
    boolean all(BiPredicate<Collection<String>, Predicate<String>> rule, Predicate<String> isSo) {
        return counted.stream().allMatch(list -> rule.test(list, isSo));
    }

    /** The settings name these very voters, and nothing is to be changed. */
    boolean isFinal(List<String> configured) {
        return counted.size() == 1 && isSame(voters, configured);
    }

    /** The settings ask for a change that no voter knows of yet. */
    boolean isOptionalChange() {
        return counted.size() == 2 && outgoing.equals(counted.getFirst()) && !voters.equals(outgoing);
    }

    private static boolean isSame(List<String> some, List<String> others) {
        return some.containsAll(others) && others.containsAll(some);
    }
}
