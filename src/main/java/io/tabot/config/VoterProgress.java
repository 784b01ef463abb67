package io.tabot.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far one voter has come in one incarnation. What it has once confirmed in this term counts while it is away. */
final class VoterProgress {
    private static final long NOTHING = -1;

    private final String name;
    private @Nullable VoterState known;
    private boolean isAsked;
    private boolean isFetching;
    private List<ConfigEvent> page = List.of();
    private @Nullable VoterState promised;
    private boolean hasEverPromised;
    private boolean isOpened;
    private boolean isLost;
    private boolean isEmptied;
    private boolean isTidyDue;
    private boolean isStoring;
    private long confirmed = NOTHING;
    private long confirmedAtChange = NOTHING;

    VoterProgress(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isWitness() {
        return name.equals(Voter.WITNESS);
    }

    /** What it held when it last answered; nothing while it is away. */
    Optional<VoterState> known() {
        return Optional.ofNullable(known);
    }

    boolean isKnown() {
        return known != null;
    }

    boolean isAsked() {
        return isAsked;
    }

    /** It promised itself to this incarnation, and remembers what it promised to others. */
    boolean hasPromised() {
        return promised != null && !isLost && !isEmptied;
    }

    /** What it held when it promised itself: nobody of a lower term has changed it since, wherever it is now. */
    Optional<VoterState> promised() {
        return hasPromised() ? Optional.ofNullable(promised) : Optional.empty();
    }

    /** It holds this term's opening record. */
    boolean isOpened() {
        return isOpened;
    }

    /** It was empty when this incarnation began: filled once all others have opened the term. */
    boolean isLost() {
        return isLost;
    }

    /** It was found empty after the promises were asked for: only a later incarnation may fill it. */
    boolean isEmptied() {
        return isEmptied;
    }

    /** The newest revision of this term's history that it is known to hold with the opening record; -1 for none. */
    long confirmed() {
        return confirmed;
    }

    /** How many events more it is known to hold than when the last change was begun. */
    long confirmedSinceChange() {
        return confirmed - confirmedAtChange;
    }

    void changeBegins() {
        confirmedAtChange = confirmed;
    }

    void asked() {
        isAsked = true;
    }

    void answered() {
        isAsked = false;
    }

    void goneAway() {
        isAsked = false;
        isStoring = false;
        known = null;
    }

    /** It stored something since it was away the last time: that it can be read proves less. */
    boolean isStoring() {
        return isStoring;
    }

    void stored() {
        isStoring = true;
    }

    void learn(VoterState state) {
        known = state;
    }

    void lost() {
        isLost = true;
    }

    /** What its newest answer means to the writer of this term. */
    void judge(ProtocolRules rules, Writer me, Kept history, boolean isFirstStart) {
        if (known == null) {
            return;
        }
        var hasPromised = rules.hasPromised(known, me);
        promised = hasPromised ? known : null;
        hasEverPromised |= hasPromised;
        var isNew = isFirstStart && (hasPromised || !hasEverPromised);
        isEmptied = rules.isLost(known) && !isLost && !isNew;
        isOpened = rules.hasOpened(known, me);
        isLost &= !isOpened;
        confirmed = isOpened ? rules.shared(known.kept(), history) : NOTHING;
    }

    /** The caller's word that this event is there. */
    void confirm(long revision) {
        confirmed = revision;
    }

    boolean isFetching() {
        return isFetching;
    }

    void fetching() {
        isFetching = true;
    }

    void fetched(List<ConfigEvent> events) {
        isFetching = false;
        page = List.copyOf(events);
    }

    /** The event of this revision and hash, if it was fetched for this voter. */
    Optional<ConfigEvent> fetched(long revision, String hash) {
        var index = page.isEmpty() ? -1 : revision - page.getFirst().revision();
        return index < 0 || index >= page.size()
                ? Optional.empty()
                : Optional.of(page.get((int) index))
                        .filter(event -> event.hash().equals(hash));
    }

    VoterStatus status(boolean isLevel) {
        return new VoterStatus(name, state(isLevel), Math.max(0, confirmed));
    }

    private VoterStatus.State state(boolean isLevel) {
        if (known == null) {
            return VoterStatus.State.AWAY;
        }
        if (isLost || isEmptied) {
            return VoterStatus.State.EMPTY;
        }
        return isLevel ? VoterStatus.State.LEVEL : VoterStatus.State.BEHIND;
    }

    boolean isTidyDue() {
        return isTidyDue;
    }

    void tidyDue(boolean isDue) {
        isTidyDue = isDue;
    }
}
