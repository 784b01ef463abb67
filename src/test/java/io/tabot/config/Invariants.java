package io.tabot.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What must hold after every move, each by its name. */
final class Invariants {
    /** One of them does not hold. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private record Shown(String hash, Term term) {}

    private final List<SimulatedStore> stores;
    private final UnaryOperator<String> keyOf;
    private final Map<Long, Shown> acknowledged = new TreeMap<>();
    private @Nullable SimulatedStore lost;
    private boolean hasAllVoters;
    private boolean isPromoting;
    private boolean hasGoneBack;
    private Term newest = Term.NONE;

    Invariants(List<SimulatedStore> stores, UnaryOperator<String> keyOf) {
        this.stores = stores;
        this.keyOf = keyOf;
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** What an open term shows is acknowledged by that: whoever saw it relies on it. */
    void opened(Incarnation incarnation) {
        newest = incarnation.term().compareTo(newest) > 0 ? incarnation.term() : newest;
        var endsPromotion = isPromoting && incarnation.electorate().promotion() != null;
        if (hasGoneBack && !endsPromotion) {
            return;
        }
        var history = incarnation.history();
        hasAllVoters = incarnation
                .electorate()
                .isFinal(stores.stream().map(SimulatedStore::name).toList());
        if (endsPromotion) {
            isPromoting = false;
            hasGoneBack = false;
            acknowledged
                    .entrySet()
                    .removeIf(shown ->
                            !history.holds(shown.getKey(), shown.getValue().hash()));
        }
        checkNothingIsLost(incarnation);
        for (var revision = 1L; revision <= history.revision(); revision++) {
            show(revision, history.upTo(revision).hash(), incarnation.term());
        }
    }

    /**
     * What is decided may still be confirmed when a feed tells better. Nothing is decided after that.
     *
     * @param told what feeds have told its entity
     */
    void decided(Incarnation incarnation, ConfigEvent event, List<SimulatedFeed.Shown> told) {
        told.stream()
                .filter(shown -> shown.generation() >= incarnation.term().generation()
                        && !incarnation.history().holds(shown.revision(), shown.hash()))
                .findFirst()
                .ifPresent(shown -> {
                    throw new Broken("FeedsVeto: " + incarnation.term() + " decides revision " + event.revision()
                            + " on another history than " + shown + ", of which it had heard");
                });
    }

    void committed(Incarnation incarnation, ConfigEvent event) {
        if (!hasGoneBack) {
            checkNothingIsLost(incarnation);
            show(event.revision(), event.hash(), incarnation.term());
        }
    }

    /** A client was told that its change is this event. */
    void answered(String key, ConfigEvent event) {
        var shown = acknowledged.get(event.revision());
        if (!hasGoneBack
                && newest.generation() == 0
                && (shown == null || !keyOf.apply(shown.hash()).equals(key))) {
            throw new Broken("AppliedOnce: " + key + " was answered as revision " + event.revision());
        }
    }

    /** What a feed shows was acknowledged, and is never followed by something older or else. */
    void shown(SimulatedFeed feed, SimulatedFeed.Shown before) {
        var now = feed.shown();
        var goesBack = now.generation() == before.generation()
                && (now.revision() < before.revision()
                        || (now.revision() == before.revision() && !now.hash().equals(before.hash())));
        if (goesBack || now.generation() < before.generation()) {
            throw new Broken("FeedsNeverGoBack: " + feed.name() + " showed " + before + " and then " + now);
        }
        var isInForce = !hasGoneBack && !isPromoting && now.generation() == newest.generation();
        if (isInForce && !now.hash().equals(hash(now.revision()))) {
            throw new Broken("FeedsShowTheTruth: " + feed.name() + " shows " + now + ", which was not acknowledged");
        }
    }

    /** Only an incarnation that another has replaced, unknown to it, may find that feeds know better. */
    void vetoed(Incarnation incarnation) {
        if (!hasGoneBack && incarnation.term().equals(newest)) {
            throw new Broken("NoNeedlessVeto: " + incarnation.term() + " is refused, though nothing went back");
        }
    }

    /** At the end the one that is left takes changes. */
    void checkServing(List<SimulatedEntity> entities) {
        if (entities.stream().noneMatch(SimulatedEntity::isServing)) {
            throw new Broken("Serving: no changes are taken though all is well");
        }
    }

    /** Each change took effect once, if its client went on asking until it had an answer. */
    void checkAppliedOnce(Collection<String> keys, Collection<String> waiting) {
        for (var key : keys) {
            var times = timesApplied(key);
            // A promotion may have given up what was answered before.
            if (waiting.contains(key) || times > 1 || (times == 0 && newest.generation() == 0)) {
                throw new Broken("AppliedOnce: " + key + " took effect " + times + " times");
            }
        }
    }

    private long timesApplied(String key) {
        return acknowledged.values().stream()
                .filter(shown -> keyOf.apply(shown.hash()).equals(key))
                .count();
    }

    /** All voters are an old copy of themselves from now on, until an operator has promoted one. */
    void wentBack() {
        hasGoneBack = true;
        hasAllVoters = false;
        lost = null;
    }

    boolean hasGoneBack() {
        return hasGoneBack;
    }

    void check() {
        if (hasGoneBack) {
            return;
        }
        if (lost != null && isFilled(lost)) {
            lost = null;
        }
        checkDurable();
        checkButLast();
    }

    /** A second voter may be lost once the first was filled again, and is as good as the others. */
    boolean mayLose(SimulatedStore store) {
        return stores.size() > 2
                && hasAllVoters
                && lost == null
                && !acknowledged.isEmpty()
                && stores.stream().allMatch(this::isFilled);
    }

    /** The operator gives up what the voters that he promotes do not hold. */
    void promoting() {
        isPromoting = true;
        hasAllVoters = false;
        lost = null;
    }

    boolean isPromoting() {
        return isPromoting;
    }

    void lost(SimulatedStore store) {
        lost = store;
    }

    private boolean isFilled(SimulatedStore store) {
        return hasAll(store)
                && stores.stream()
                        .noneMatch(other ->
                                other.state().last().compareTo(store.state().last()) > 0);
    }

    boolean hasConverged() {
        return stores.stream().allMatch(this::isEqual)
                && stores.stream()
                        .filter(SimulatedStore::isWitness)
                        .allMatch(store -> store.log().tail().isEmpty());
    }

    void checkConverged() {
        if (!hasConverged()) {
            var states = new StringBuilder("Convergence: acknowledged up to " + acknowledged.size());
            stores.forEach(store -> states.append(", " + store.name() + (store.isCorrupt() ? " is corrupt" : "")
                    + " at " + store.state().kept() + " of " + store.state().last()));
            throw new Broken(states.toString());
        }
    }

    private boolean isEqual(SimulatedStore store) {
        return store.state().revision() == acknowledged.size() && !store.isCorrupt() && hasAll(store);
    }

    private boolean hasAll(SimulatedStore store) {
        var kept = store.state().kept();
        return !store.state().isBlank()
                && !store.isCorrupt()
                && kept.revision() >= acknowledged.size()
                && (acknowledged.isEmpty()
                        || kept.upTo(Math.max(kept.floor(), acknowledged.size()))
                                .hash()
                                .equals(hash(Math.max(kept.floor(), acknowledged.size()))));
    }

    private String hash(long revision) {
        var shown = acknowledged.get(revision);
        return shown == null ? HashChain.GENESIS : shown.hash();
    }

    private void show(long revision, String hash, Term term) {
        var before = acknowledged.putIfAbsent(revision, new Shown(hash, term));
        if (before != null && !before.hash().equals(hash)) {
            throw new Broken("OneHistory: revision " + revision + " is two events, one of " + before.term()
                    + " and one of " + term);
        }
        if (before == null && timesApplied(keyOf.apply(hash)) > 1) {
            throw new Broken("AppliedOnce: revision " + revision + " repeats " + keyOf.apply(hash));
        }
    }

    private void checkNothingIsLost(Incarnation incarnation) {
        var history = incarnation.history();
        acknowledged.forEach((revision, shown) -> {
            if (shown.term().compareTo(incarnation.term()) < 0 && !history.holds(revision, shown.hash())) {
                throw new Broken("NoSilentLoss: " + incarnation.term() + " is open without revision " + revision
                        + " of " + shown.term());
            }
        });
    }

    /** Whichever voter is lost: the others elect a history with everything that was acknowledged. */
    private void checkDurable() {
        if (stores.size() < 3 || !hasAllVoters) {
            return;
        }
        for (var gone : lost == null ? stores : List.of(lost)) {
            var rest = stores.stream()
                    .filter(store -> store != gone && !store.state().isBlank() && !store.isCorrupt())
                    .map(SimulatedStore::state)
                    .toList();
            if (rest.size() == 2) {
                checkElected(
                        gone.name(),
                        Election.choose(ProtocolRules.STANDARD, rest).orElse(Kept.NOTHING));
            }
        }
    }

    private void checkElected(String gone, Kept elected) {
        acknowledged.forEach((revision, shown) -> {
            if (!elected.holds(revision, shown.hash())) {
                throw new Broken("AcknowledgedIsDurable: revision " + revision + " is gone when " + gone + " is lost");
            }
        });
    }

    /** What lies below the newest event of any journal was acknowledged: it may be shown when nothing else answers. */
    private void checkButLast() {
        var generation = stores.stream()
                .mapToLong(store -> store.state().last().generation())
                .max()
                .orElse(0);
        for (var store : stores) {
            var kept = store.state().kept();
            if (!store.isWitness() && store.state().last().generation() == generation) {
                for (var revision = 1L; revision < kept.revision(); revision++) {
                    var hash = kept.upTo(revision).hash();
                    if (!hash.equals(hash(revision))) {
                        throw new Broken("ReadsAlways: " + store.name() + " holds a follower of revision " + revision
                                + ", which was not acknowledged");
                    }
                }
            }
        }
    }
}
