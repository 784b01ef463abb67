package io.tabot.config;

import io.tabot.config.ConfigFeed.Push;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which actors of a node have confirmed which state. Each push opens a round, which ends when all who were there have
 * answered it or a later one. One whose time is up is kept only as long as it is the newest.
 */
final class PushRounds {
    private static final class Round {
        private final Set<ActorRef<Push>> outstanding;
        private boolean late;

        private Round(Set<ActorRef<Push>> subscribers) {
            this.outstanding = new HashSet<>(subscribers);
        }
    }

    /**
     * How far a revision has come.
     *
     * @param actors how many use it, or a later one
     * @param stragglers the names of the others
     */
    record Use(int actors, List<String> stragglers) {}

    private final Map<ActorRef<Push>, String> subscribers = new HashMap<>();
    private final TreeMap<Long, Round> rounds = new TreeMap<>();
    private long applied;

    /** The newest revision that every actor has confirmed. */
    long applied() {
        return applied;
    }

    Set<ActorRef<Push>> subscribers() {
        return subscribers.keySet();
    }

    /** Whether it is new here. It begins with the newest state, so no round waits for it. */
    boolean subscribe(ActorRef<Push> subscriber, String name) {
        return subscribers.putIfAbsent(subscriber, name) == null;
    }

    /** Of the rounds that are open. */
    Set<Long> revisions() {
        return rounds.keySet();
    }

    /** This revision is to come, again or for the first time: what is known of it and of later ones means nothing. */
    void goBackTo(long revision) {
        rounds.tailMap(revision, true).clear();
        applied = Math.min(applied, revision - 1);
    }

    void open(long revision) {
        rounds.values().removeIf(round -> round.late);
        rounds.put(revision, new Round(subscribers.keySet()));
    }

    void gone(ActorRef<Push> subscriber) {
        subscribers.remove(subscriber);
        rounds.values().forEach(round -> round.outstanding.remove(subscriber));
    }

    void answered(ActorRef<Push> subscriber, long revision) {
        rounds.headMap(revision, true).values().forEach(round -> round.outstanding.remove(subscriber));
    }

    /** Ends the rounds that nobody is missing from; their revisions. */
    List<Long> close() {
        var closed = new ArrayList<Long>();
        rounds.forEach((revision, round) -> {
            if (round.outstanding.isEmpty()) {
                closed.add(revision);
                applied = Math.max(applied, revision);
            }
        });
        closed.forEach(rounds::remove);
        return closed;
    }

    /** The time of the round is up; how many have not answered. */
    int timeOut(long revision) {
        var round = rounds.get(revision);
        if (round == null) {
            return 0;
        }
        round.late = true;
        if (revision != rounds.lastKey()) {
            rounds.remove(revision);
        }
        return round.outstanding.size();
    }

    /** How far the revision has come, once that is settled: confirmed by all, or its time is up. */
    Optional<Use> settled(long revision) {
        var isLate = !rounds.isEmpty()
                && rounds.lastKey() >= revision
                && rounds.lastEntry().getValue().late;
        return applied >= revision || isLate ? Optional.of(use(revision)) : Optional.empty();
    }

    /** How far the revision has come by now. */
    Use use(long revision) {
        var round = applied >= revision ? null : rounds.ceilingEntry(revision);
        var missing = round == null ? Set.<ActorRef<Push>>of() : round.getValue().outstanding;
        var names = missing.stream().map(subscribers::get).sorted().toList();
        return new Use(subscribers.size() - names.size(), names);
    }
}
