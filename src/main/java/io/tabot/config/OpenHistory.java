package io.tabot.config;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The history that a term is open on, read from whoever holds it, and the state that it adds up to. Nothing of it is
 * shown before it was read whole, nor while it contradicts what a feed has shown.
 */
final class OpenHistory implements HistoryPages.Reader {
    private final Incarnations voters;
    private final ActorContext<ConfigEntity.Command> context;
    private final TimerScheduler<ConfigEntity.Command> timers;
    private final boolean isFirstDue;
    private final Runnable onReady;
    private final HistoryFold fold;
    private final HistoryPages pages;
    private Step.@Nullable Opened opened;
    private long generation;
    private boolean isReady;

    /** @param onReady is run when it was read whole */
    OpenHistory(
            ConfigEntitySettings settings,
            Incarnations voters,
            ActorContext<ConfigEntity.Command> context,
            TimerScheduler<ConfigEntity.Command> timers,
            Runnable onReady) {
        this.voters = voters;
        this.context = context;
        this.timers = timers;
        this.isFirstDue = settings.first().isPresent();
        this.onReady = onReady;
        this.fold = new HistoryFold(settings.environment());
        this.pages = new HistoryPages(voters, context, this);
    }

    ConfigState state() {
        return fold.state();
    }

    /** Of the newest term that was opened; it counts promotions. */
    long generation() {
        return generation;
    }

    /** A term was opened, whatever became of it. */
    boolean wasOpened() {
        return opened != null;
    }

    /** It was read whole. */
    boolean isReady() {
        return isReady;
    }

    /** An empty history that is about to get its first configuration is not shown: nobody should act on nothing. */
    boolean isShown() {
        return isSound() && (state().revision() > 0 || !isFirstDue);
    }

    /** It was read, and what it says may be relied on. */
    boolean isSound() {
        return isReady && fold.broken().isEmpty();
    }

    /** Why it can't be served; nothing as long as it is sound. */
    Optional<String> broken() {
        return fold.broken();
    }

    /** It is sound, but not what was in force before. */
    boolean isVetoed() {
        return fold.isVetoed();
    }

    /** @param soFar part of it perhaps, so that it need not be read again */
    void begin(Step.Opened open, ConfigState soFar) {
        opened = open;
        isReady = false;
        generation = voters.current().term().generation();
        fold.begin(voters.current().history(), soFar);
        readOn();
    }

    void readOn() {
        if (opened == null || isReady) {
            return;
        }
        if (fold.isWhole(opened.revision(), opened.hash())) {
            isReady = true;
            check();
            onReady.run();
        } else if (fold.broken().isPresent()) {
            context.getLog().error("read-only: {}", fold.broken().get());
        } else {
            pages.ask(state().revision() + 1);
        }
    }

    @Override
    public void came(List<ConfigEvent> events) {
        if (!isReady) {
            fold.add(events);
            readOn();
        }
    }

    @Override
    public void failed(String reason) {
        context.getLog().warn("could not read the history: {}", reason);
        timers.startSingleTimer("read-on", new ConfigEntity.ReadOn(), Incarnations.LOOK_AGAIN);
    }

    /** One more event is a part of it. */
    void advance(ConfigState next) {
        fold.advance(next);
    }

    /** A feed has shown this. */
    void seen(ConfigEntity.GetState seen) {
        fold.seenElsewhere(seen.generation(), seen.seenRevision(), seen.seenHash());
        if (isReady) {
            check();
        }
    }

    /** Whether a feed has shown something that can't be part of the same history as this. */
    boolean contradicts(Kept other, long itsGeneration) {
        return fold.contradicts(other, itsGeneration);
    }

    private void check() {
        fold.checkAgainstSeen(voters.current().history(), generation)
                .ifPresent(veto -> context.getLog().error("read-only: {}", veto));
    }
}
