package io.tabot.config;

import io.tabot.config.ConfigFeed.Applied;
import io.tabot.config.ConfigFeed.FromActors;
import io.tabot.config.ConfigFeed.Push;
import io.tabot.config.ConfigFeed.PushTimedOut;
import io.tabot.config.ConfigFeed.SubscriberGone;
import io.tabot.trace.TraceContext;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Brings each state to the actors of a node, follows their answers and tells those who wait for the last of them. */
final class ActorPushes {
    private final ConfigFeed.Parts parts;
    private final ActorContext<ConfigFeed.Command> context;
    private final TimerScheduler<ConfigFeed.Command> timers;
    private final Runnable onApplied;
    private final ActorRef<Applied> answers;
    private final PushRounds rounds = new PushRounds();
    private final AppliedQuestions questions;
    private final ApplyLag lag;
    private @Nullable EffectiveConfigs newest;

    /**
     * @param held the revision that the feed holds, 0 for none
     * @param onApplied is run when a revision has come into use everywhere
     */
    ActorPushes(
            ConfigFeed.Parts parts,
            ActorContext<ConfigFeed.Command> context,
            TimerScheduler<ConfigFeed.Command> timers,
            LongSupplier held,
            Runnable onApplied) {
        this.parts = parts;
        this.context = context;
        this.timers = timers;
        this.onApplied = onApplied;
        this.answers = context.messageAdapter(Applied.class, ConfigFeed.SubscriberApplied::new);
        this.questions = new AppliedQuestions(rounds, timers, held);
        this.lag = new ApplyLag(parts.meters(), parts.tracer());
    }

    /** The newest revision that every actor has confirmed. */
    long applied() {
        return rounds.applied();
    }

    boolean hasBegun() {
        return newest != null;
    }

    /** See {@link PushRounds#goBackTo}. */
    void goBackTo(long earlier) {
        rounds.goBackTo(earlier);
    }

    void push(long revision, EffectiveConfigs configs, @Nullable TraceContext trace) {
        newest = configs;
        lag.begin(revision, trace);
        rounds.open(revision);
        lag.retain(rounds.revisions());
        rounds.subscribers().forEach(subscriber -> subscriber.tell(new Push(configs, answers)));
        var timedOut = new PushTimedOut(revision);
        timers.startSingleTimer(timedOut, timedOut, parts.pushTimeout());
        checkApplied();
    }

    void on(FromActors message) {
        switch (message) {
            case ConfigFeed.Subscribe(var subscriber, var name) -> onSubscribe(subscriber, name);
            case ConfigFeed.AwaitApplied question -> questions.ask(question);
            case ConfigFeed.PatienceOver(var question) -> questions.answer(question);
            case ConfigFeed.SubscriberApplied(Applied(var subscriber, var used)) -> {
                rounds.answered(subscriber, used);
                checkApplied();
            }
            case SubscriberGone(var subscriber) -> {
                rounds.gone(subscriber);
                checkApplied();
            }
            case PushTimedOut(var late) -> onPushTimedOut(late);
        }
    }

    private void onSubscribe(ActorRef<Push> subscriber, String name) {
        if (!rounds.subscribe(subscriber, name)) {
            return;
        }
        context.watchWith(subscriber, new SubscriberGone(subscriber));
        if (newest != null) {
            subscriber.tell(new Push(newest, answers));
        }
    }

    private void onPushTimedOut(long late) {
        var count = rounds.timeOut(late);
        lag.late(late, count);
        context.getLog().warn("{} actors have not confirmed revision {} in time", count, late);
        questions.answerSettled();
    }

    private void checkApplied() {
        var closed = rounds.close();
        for (var used : closed) {
            timers.cancel(new PushTimedOut(used));
            lag.end(used);
        }
        if (!closed.isEmpty()) {
            onApplied.run();
            questions.answerSettled();
        }
    }
}
