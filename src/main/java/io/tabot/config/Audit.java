package io.tabot.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Reads the history page by page, newest first, and holds no more than a page and what it found. */
public final class Audit extends AbstractMatchingBehavior<Voter.EventsReply> {
    private static final int PAGE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What to look for.
     *
     * @param before only revisions below this; null for the newest
     * @param limit how many at most
     */
    public record Query(AuditFilter filter, @Nullable Long before, int limit) {
        public static Query of(DocumentKey document, @Nullable Long before, int limit) {
            return new Query(AuditFilter.of(new AuditFilter.Scope.One(document)), before, limit);
        }
    }

    /** What was found. */
    public sealed interface Reply extends NodeMessage {}

    /**
     * Events, newest first.
     *
     * @param next pass it as {@code before} to read on; null when there is no more
     */
    public record Page(List<ConfigEvent> events, @Nullable Long next) implements Reply {
        public Page {
            events = List.copyOf(events);
        }
    }

    public record Unavailable(String reason) implements Reply {}

    private final ActorRef<Voter.Command> voter;
    private final ConfigEntity.ReadAudit read;
    private final List<ConfigEvent> found = new ArrayList<>();
    private long below;

    private Audit(
            ActorContext<Voter.EventsReply> context,
            ActorRef<Voter.Command> voter,
            long head,
            ConfigEntity.ReadAudit read) {
        super(context);
        this.voter = voter;
        this.read = read;
        var before = read.query().before();
        context.setReceiveTimeout(PATIENCE, new Voter.EventsUnavailable("the journal does not answer"));
        this.below = before == null ? head + 1 : Math.min(before, head + 1);
    }

    static Behavior<Voter.EventsReply> reader(ActorRef<Voter.Command> voter, long head, ConfigEntity.ReadAudit read) {
        return Behaviors.setup(context -> new Audit(context, voter, head, read).readOn());
    }

    @Override
    public Behavior<Voter.EventsReply> onMessage(Voter.EventsReply reply) {
        return switch (reply) {
            case Voter.Events(var events, var _) -> onEvents(events);
            case Voter.EventsUnavailable(var reason) -> {
                read.replyTo().tell(new Unavailable(reason));
                yield Behaviors.stopped();
            }
        };
    }

    private Behavior<Voter.EventsReply> onEvents(List<ConfigEvent> events) {
        for (var event : events.reversed()) {
            if (event.revision() < below && read.query().filter().matches(event)) {
                found.add(event);
            }
        }
        below = firstOfPage();
        return readOn();
    }

    private Behavior<Voter.EventsReply> readOn() {
        if (found.size() > read.query().limit() || below <= 1) {
            read.replyTo().tell(page());
            return Behaviors.stopped();
        }
        voter.tell(new Voter.ReadEvents(
                firstOfPage(), (int) (below - firstOfPage()), getContext().getSelf()));
        return this;
    }

    private long firstOfPage() {
        return Math.max(1, below - PAGE);
    }

    private Page page() {
        var limit = read.query().limit();
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        var shown = found.subList(0, limit);
        return new Page(shown, limit == 0 ? null : shown.getLast().revision());
    }
}
