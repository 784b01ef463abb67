package io.tabot.config;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Asks a voter for its history page by page, one question at a time. What comes out of turn is left aside. */
final class HistoryPages {
    private static final int LIMIT = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TIMER = "page";

    /** What an answer was. */
    sealed interface Turn {}

    record Came(List<ConfigEvent> events) implements Turn {}

    record Failed(String reason) implements Turn {}

    /** It answers a question that was given up: the answer that is waited for is still to come. */
    record OutOfTurn() implements Turn {}

    private final Incarnations voters;
    private final TimerScheduler<ConfigEntity.Command> timers;
    private final ActorRef<Voter.EventsReply> replyTo;
    private long wanted;

    HistoryPages(
            Incarnations voters, TimerScheduler<ConfigEntity.Command> timers, ActorRef<Voter.EventsReply> replyTo) {
        this.voters = voters;
        this.timers = timers;
        this.replyTo = replyTo;
    }

    /** Asks whichever voter holds that part of the history. */
    void ask(long fromRevision) {
        wanted = fromRevision;
        startTimer("the journal does not answer", PATIENCE);
        var source = voters.current().source(fromRevision);
        var voter = source.flatMap(found -> voters.ref(found.voter()));
        if (source.isEmpty() || voter.isEmpty()) {
            startTimer("no journal that holds revision " + fromRevision + " is there", Duration.ZERO);
            return;
        }
        var limit = (int) Math.min(LIMIT, source.get().upTo() - fromRevision + 1);
        voter.get().tell(new Voter.ReadEvents(fromRevision, limit, replyTo));
    }

    Turn received(Voter.EventsReply reply) {
        return switch (reply) {
            case Voter.Events(var events, var _) when events.isEmpty() -> failed("it yields nothing");
            case Voter.Events(var events, var _) when events.getFirst().revision() != wanted -> new OutOfTurn();
            case Voter.Events(var events, var _) -> {
                timers.cancel(TIMER);
                yield new Came(events);
            }
            case Voter.EventsUnavailable(var reason) -> failed(reason);
        };
    }

    private Turn failed(String reason) {
        timers.cancel(TIMER);
        return new Failed(reason);
    }

    private void startTimer(String reason, Duration delay) {
        timers.startSingleTimer(TIMER, new ConfigEntity.PageRead(new Voter.EventsUnavailable(reason)), delay);
    }
}
