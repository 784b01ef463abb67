package io.tabot.testing;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A voter that remembers in memory, outlives the actors that use it, and can be cut off. */
public final class MemoryVoter {
    private final String name;
    private final List<ConfigEvent> events = new ArrayList<>();
    private long position;
    private Writer fence = Writer.NONE;
    private Term last = Term.NONE;
    private boolean isAway;

    public MemoryVoter(String name) {
        this.name = name;
    }

    /** What an earlier incarnation wrote. */
    public synchronized void remember(List<ConfigEvent> history) {
        if (history.isEmpty()) {
            return;
        }
        last = new Term(0, 1);
        fence = new Writer(last, "earlier");
        position = history.size();
        events.addAll(history);
    }

    public Behavior<Voter.Command> behavior() {
        return Behaviors.receiveMessage(command -> {
            on(command);
            return Behaviors.same();
        });
    }

    /** Hears nothing from now on. */
    public synchronized void goAway() {
        isAway = true;
    }

    public synchronized void comeBack() {
        isAway = false;
    }

    private synchronized void on(Voter.Command command) {
        if (isAway) {
            return;
        }
        switch (command) {
            case Voter.Read(var replyTo) -> replyTo.tell(new Voter.Holds(name, state()));
            case Voter.Claim(var me, var replyTo) -> replyTo.tell(claim(me));
            case Voter.Append append -> append.replyTo().tell(append(append));
            case Voter.ReadEvents(var from, var limit, var replyTo) -> replyTo.tell(read(from, limit));
        }
    }

    private Voter.Reply claim(Writer me) {
        if (!me.equals(fence)) {
            if (!me.mayWriteUnder(fence)) {
                return new Voter.Fenced(name, fence);
            }
            position++;
            fence = me;
        }
        return new Voter.Claimed(name, state());
    }

    private Voter.Reply append(Voter.Append append) {
        var record = append.record();
        if (!record.by().equals(fence)) {
            return new Voter.Fenced(name, fence);
        }
        if (append.expectedPosition() != position) {
            return new Voter.Moved(name, state());
        }
        position++;
        switch (record) {
            case VoterRecord.Claim _ -> {}
            case VoterRecord.Event(var _, var origin, var event) -> keep(origin, event);
            case VoterRecord.TermOpened opened -> {
                dropAbove(opened.baseRevision());
                last = opened.by().term();
            }
        }
        return new Voter.Stored(name, state());
    }

    private void keep(Term origin, ConfigEvent event) {
        dropAbove(event.revision() - 1);
        events.add(event);
        last = origin;
    }

    private void dropAbove(long revision) {
        events.subList((int) revision, events.size()).clear();
    }

    private Voter.Events read(long from, int limit) {
        var first = (int) Math.min(from - 1, events.size());
        var end = Math.min(first + limit, events.size());
        return new Voter.Events(events.subList(first, end), end < events.size());
    }

    private VoterState state() {
        var hash = events.isEmpty() ? VoterState.EMPTY.hash() : events.getLast().hash();
        return new VoterState(position, fence, last, events.size(), hash);
    }
}
