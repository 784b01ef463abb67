package io.tabot.config;

import io.tabot.config.ConfigFeed.AwaitApplied;
import io.tabot.config.ConfigFeed.InUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Questions to a feed that wait until a revision is in use, or their patience is over. */
final class AppliedQuestions {
    /** One more is answered as things stand. */
    private static final int WAITING_MAX = 1_000;

    private final PushRounds rounds;
    private final TimerScheduler<ConfigFeed.Command> timers;
    private final LongSupplier held;
    private final Set<AwaitApplied> waiting = new LinkedHashSet<>();

    /** @param held the revision that the feed holds, 0 for none */
    AppliedQuestions(PushRounds rounds, TimerScheduler<ConfigFeed.Command> timers, LongSupplier held) {
        this.rounds = rounds;
        this.timers = timers;
        this.held = held;
    }

    void ask(AwaitApplied question) {
        if (waiting.size() >= WAITING_MAX) {
            answer(question);
            return;
        }
        waiting.add(question);
        timers.startSingleTimer(question, new ConfigFeed.PatienceOver(question), question.patience());
        answerSettled();
    }

    /** To be called when more may be in use than before. */
    void answerSettled() {
        for (var question : List.copyOf(waiting)) {
            rounds.settled(question.revision()).ifPresent(use -> answer(question, use));
        }
    }

    /** As things stand. */
    void answer(AwaitApplied question) {
        answer(question, rounds.use(question.revision()));
    }

    private void answer(AwaitApplied question, PushRounds.Use use) {
        waiting.remove(question);
        timers.cancel(question);
        var revision = held.getAsLong();
        var actors = revision < question.revision() ? 0 : use.actors();
        question.replyTo().tell(new InUse(revision, actors, use.stragglers()));
    }
}
