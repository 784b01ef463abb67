package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The history of one environment in one journal, outside of a service. Reading takes part in nothing: it creates,
 * claims and writes nothing, so it may go on beside a running service. Writing goes through the voter of the journal,
 * as in the service, and is fenced like it.
 */
public final class StoredHistory {
    /** Beyond the time-outs of drivers and the first retries of a voter. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ActorSystem<?> system;
    private final String environment;
    private final JournalPlugin plugin;

    public StoredHistory(ActorSystem<?> system, String environment, JournalPlugin plugin) {
        this.system = system;
        this.environment = environment;
        this.plugin = plugin;
    }

    /** An event with the term in which it was decided, which stays with it wherever it is copied. */
    public record Original(Term origin, ConfigEvent event) {}

    private String voter() {
        return plugin.voter();
    }

    /**
     * Makes the journal usable: its tables or collections.
     *
     * @throws JournalUnavailableException if it can't be used
     */
    public void prepare() {
        plugin.preparation()
                .run(ConfigJournal.persistenceId(environment, plugin))
                .close();
    }

    /** Folds all records. Fails if the journal does not answer. */
    public CompletionStage<JournalContents> read() {
        var fold = new RecordFold();
        return records(1, Long.MAX_VALUE)
                .runWith(
                        Sink.foreach(envelope -> fold.add(plugin.form(), envelope.sequenceNr(), envelope.event())),
                        system)
                .thenApply(_ -> fold.contents(plugin.voter()));
    }

    /** The events kept, from this revision on. */
    public Source<Original, NotUsed> events(JournalContents contents, long fromRevision) {
        if (fromRevision > contents.revision()) {
            return Source.empty();
        }
        return records(contents.positionOf(fromRevision), contents.positionOf(contents.revision()))
                .map(envelope -> plugin.form().read(envelope.event()))
                .filter(stored -> stored.record() instanceof VoterRecord.Event(var _, var _, var event)
                        && contents.keeps(stored.position(), event.revision()))
                .map(stored -> {
                    var record = (VoterRecord.Event) stored.record();
                    return new Original(record.origin(), record.event());
                });
    }

    /**
     * Adds events behind those that are there, one after the other, in the order given. Fails without having written
     * anything if the journal moved since it was read.
     *
     * @param voter of this journal, made by {@link ConfigJournal#create}
     * @param me a writer whose term is above every one that the journal has seen
     */
    public CompletionStage<Done> append(
            ActorRef<Voter.Command> voter, JournalContents contents, Writer me, Source<Original, NotUsed> events) {
        return held(voter)
                .thenAccept(state -> expect(state, contents.state()))
                .thenCompose(_ -> ask(voter, replyTo -> new Voter.Claim(me, replyTo)))
                .thenCompose(claimed -> {
                    var start = new Head(
                            claimedAt(claimed),
                            contents.revision(),
                            contents.state().hash());
                    return events.zipWithIndex()
                            .mapAsync(1, indexed -> store(voter, start.position(), me, indexed))
                            .runFold(start, (_, stored) -> stored, system);
                })
                .thenCompose(head -> open(voter, me, head));
    }

    /** The end of what a journal holds. */
    private record Head(long position, long revision, String hash) {}

    /** Without an opening record copied events count for nothing: a voter may have lost what came after them. */
    private CompletionStage<Done> open(ActorRef<Voter.Command> voter, Writer me, Head head) {
        var record = new VoterRecord.TermOpened(me, head.revision(), head.hash(), List.of(voter()));
        return ask(voter, replyTo -> new Voter.Append(head.position(), record, replyTo))
                .thenApply(reply -> reply instanceof Voter.Stored ? Done.getInstance() : fail(reply));
    }

    private CompletionStage<VoterState> held(ActorRef<Voter.Command> voter) {
        return ask(voter, Voter.Read::new)
                .thenApply(reply -> reply instanceof Voter.Holds holds ? holds.state() : fail(reply));
    }

    private CompletionStage<Head> store(
            ActorRef<Voter.Command> voter, long position, Writer me, Pair<Original, Long> indexed) {
        var original = indexed.first();
        var record = new VoterRecord.Event(me, original.origin(), original.event());
        var at = position + indexed.second();
        var stored =
                new Head(at + 1, original.event().revision(), original.event().hash());
        return ask(voter, replyTo -> new Voter.Append(at, record, replyTo))
                .thenApply(reply -> reply instanceof Voter.Stored ? stored : fail(reply));
    }

    private void expect(VoterState state, VoterState read) {
        if (!state.equals(read) && !state.equals(read.remnant())) {
            throw new JournalUnavailableException(
                    "journal " + voter() + " has just been written by somebody else; nothing was added");
        }
    }

    private long claimedAt(Voter.Reply reply) {
        return reply instanceof Voter.Claimed claimed ? claimed.state().position() : this.<Long>fail(reply);
    }

    private <T> T fail(Voter.Reply reply) {
        throw new JournalUnavailableException("journal " + voter() + " is being written by somebody else: " + reply);
    }

    private CompletionStage<Voter.Reply> ask(
            ActorRef<Voter.Command> voter, Function<ActorRef<Voter.Reply>, Voter.Command> question) {
        return AskPattern.ask(voter, question, PATIENCE, system.scheduler());
    }

    private Source<EventEnvelope, NotUsed> records(long from, long to) {
        return PersistenceQuery.get(system)
                .getReadJournalFor(plugin.queries(), plugin.queryId())
                .currentEventsByPersistenceId(ConfigJournal.persistenceId(environment, plugin), from, to);
    }
}
