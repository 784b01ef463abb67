package io.tabot.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Asks voters for a history page by page, one question at a time, for one reader. The answer to a question that was
 * given up is left aside.
 */
final class HistoryPages {
    private static final int LIMIT = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Who wants the pages. */
    interface Reader {
        /** The next events, at least one. */
        void came(List<ConfigEvent> events);

        void failed(String reason);
    }

    private final Incarnations voters;
    private final ActorContext<ConfigEntity.Command> context;
    private final Reader reader;
    private long question;

    HistoryPages(Incarnations voters, ActorContext<ConfigEntity.Command> context, Reader reader) {
        this.voters = voters;
        this.context = context;
        this.reader = reader;
    }

    /** Asks whichever voter holds that part of the history that the term is open on. */
    void ask(long fromRevision) {
        ask(voters.current().source(fromRevision), fromRevision);
    }

    void ask(Optional<Levelling.Source> source, long fromRevision) {
        question++;
        var asked = question;
        var voter = source.flatMap(found -> voters.ref(found.voter()));
        if (source.isEmpty() || voter.isEmpty()) {
            context.getSelf()
                    .tell(new ConfigEntity.PageRead(
                            this,
                            asked,
                            new Voter.EventsUnavailable(
                                    "no journal that holds revision " + fromRevision + " is there")));
            return;
        }
        var limit = (int) Math.min(LIMIT, source.get().upTo() - fromRevision + 1);
        context.ask(
                Voter.EventsReply.class,
                voter.get(),
                PATIENCE,
                replyTo -> new Voter.ReadEvents(fromRevision, limit, replyTo),
                (page, _) -> new ConfigEntity.PageRead(
                        this, asked, page == null ? new Voter.EventsUnavailable("the journal does not answer") : page));
    }

    void received(ConfigEntity.PageRead read) {
        if (read.question() != question) {
            return;
        }
        switch (read.page()) {
            case Voter.Events(var events, var _) when events.isEmpty() -> reader.failed("it yields nothing");
            case Voter.Events(var events, var _) -> reader.came(events);
            case Voter.EventsUnavailable(var reason) -> reader.failed(reason);
        }
    }
}
