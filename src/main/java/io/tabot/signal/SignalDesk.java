package io.tabot.signal;

import io.tabot.market.Timeframe;
import io.tabot.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Signals of one symbol on their way out. Tries again until they are stored, with growing pauses; whoever asked about
 * their candle is answered then. After minutes without success it gives up: the candle, never acknowledged, comes
 * again.
 */
final class SignalDesk {
    static final int TRIES_MAX = 20;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    private static final int DOUBLINGS_MAX = 5;

    /** The candle that signals were decided on. */
    record Key(Timeframe timeframe, long openTime) {
        static Key of(SignalActor.Observe observe) {
            return new Key(observe.timeframe(), observe.candle().openTime());
        }
    }

    private static final class Pending {
        private final List<Signal> signals;
        private final @Nullable TraceContext trace;
        private final List<Ticket> tickets;
        private int failures;

        private Pending(List<Signal> signals, List<Ticket> tickets, @Nullable TraceContext trace) {
            this.signals = signals;
            this.trace = trace;
            this.tickets = new ArrayList<>(tickets);
        }
    }

    private final SignalActor.Parts parts;
    private final ActorContext<SignalActor.Command> context;
    private final TimerScheduler<SignalActor.Command> timers;
    private final Map<Key, Pending> pending = new HashMap<>();

    SignalDesk(
            SignalActor.Parts parts,
            ActorContext<SignalActor.Command> context,
            TimerScheduler<SignalActor.Command> timers) {
        this.parts = parts;
        this.context = context;
        this.timers = timers;
    }

    void publish(Key key, List<Signal> signals, List<Ticket> tickets, @Nullable TraceContext trace) {
        pending.put(key, new Pending(signals, tickets, trace));
        publish(key);
    }

    /** Answers at once, or with those who wait for the signals of that candle. */
    void answerWhenStored(Key key, Ticket ticket) {
        var unpublished = pending.get(key);
        if (unpublished == null) {
            ticket.done();
        } else {
            unpublished.tickets.add(ticket);
        }
    }

    void publish(Key key) {
        var unpublished = pending.get(key);
        if (unpublished != null) {
            context.pipeToSelf(
                    parts.outlet().publish(unpublished.signals, unpublished.trace),
                    (publications, failure) -> failure == null
                            ? new SignalActor.Stored(key, publications)
                            : new SignalActor.NotStored(key, failure.toString()));
        }
    }

    void stored(Key key, List<Publication> publications) {
        var stored = pending.remove(key);
        if (stored != null) {
            parts.published().accept(publications);
            stored.tickets.forEach(Ticket::done);
        }
    }

    /** Whether nothing waits to be stored. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether they are tried again. */
    boolean notStored(Key key, String reason) {
        parts.metrics().publishFailed();
        var unpublished = pending.get(key);
        if (unpublished == null || ++unpublished.failures >= TRIES_MAX) {
            pending.remove(key);
            context.getLog().error("signals of {} could not be stored: {}", key, reason);
            return false;
        }
        var pause = pause(unpublished.failures);
        context.getLog().warn("signals of {} are not stored, trying again in {}: {}", key, pause, reason);
        timers.startSingleTimer(key, new SignalActor.PublishAgain(key), pause);
        return true;
    }

    private static Duration pause(int failures) {
        var doubled = PAUSE_MIN.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
    }
}
