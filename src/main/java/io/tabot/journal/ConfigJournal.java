package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Voter;
import io.tabot.config.VoterState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Durable memory of a ConfigEntity in one journal: remembers records in order and does nothing else. Each write is one
 * record. The term and the expected position are checked on every command: one may have waited while another wrote.
 */
public final class ConfigJournal extends EventSourcedBehavior<Voter.Command, LogEntry, VoterLog> {
    private final JournalPlugin plugin;
    private final StoreGuard guard;
    private final ActorContext<Voter.Command> context;

    private ConfigJournal(String id, JournalPlugin plugin, StoreGuard guard, ActorContext<Voter.Command> context) {
        super(PersistenceId.ofUniqueId(id));
        this.plugin = plugin;
        this.guard = guard;
        this.context = context;
    }

    /** The voter of one environment over one journal plugin. */
    public static Behavior<Voter.Command> create(String environment, JournalPlugin plugin) {
        var id = persistenceId(environment, plugin);
        return PreparedJournal.create(
                plugin, id, guard -> Behaviors.setup(context -> new ConfigJournal(id, plugin, guard, context)));
    }

    /** The name under which a journal keeps the records of an environment. */
    static String persistenceId(String environment, JournalPlugin plugin) {
        return "config|" + environment + "|" + plugin.voter();
    }

    @Override
    public String journalPluginId() {
        return plugin.journalId();
    }

    @Override
    public String snapshotPluginId() {
        return "pekko.persistence.no-snapshot-store";
    }

    @Override
    public VoterLog emptyState() {
        return VoterLog.EMPTY;
    }

    @Override
    public CommandHandler<Voter.Command, LogEntry, VoterLog> commandHandler() {
        return this::onCommand;
    }

    @Override
    public EventHandler<VoterLog, LogEntry> eventHandler() {
        return VoterLog::apply;
    }

    @Override
    public EventAdapter<LogEntry, ?> eventAdapter() {
        return plugin.form();
    }

    @Override
    public SignalHandler<VoterLog> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::checkNothingIsMissing)
                .build();
    }

    private void checkNothingIsMissing(VoterLog log) {
        var newest = lastSequenceNumber(context);
        if (log.state().position() != newest) {
            throw new CorruptJournalException("the journal counts " + newest + " records, but yields "
                    + log.state().position());
        }
        context.getLog().info("journal {} holds revision {}", plugin.voter(), log.revision());
    }

    private Effect<LogEntry, VoterLog> onCommand(VoterLog log, Voter.Command command) {
        return switch (command) {
            case Voter.Read read -> answer(log, read.replyTo(), new Voter.Holds(plugin.voter(), held(log)));
            case Voter.Claim claim -> onClaim(log, claim);
            case Voter.Append append -> onAppend(log, append);
            case Voter.ReadEvents read -> onReadEvents(log, read);
            case Voter.ReadPromotions read -> onReadPromotions(log, read);
        };
    }

    private VoterState held(VoterLog log) {
        return guard.hasRemnants() ? log.state().remnant() : log.state();
    }

    private Effect<LogEntry, VoterLog> onClaim(VoterLog log, Voter.Claim claim) {
        return carryOut(
                log,
                Verdict.onClaim(plugin.voter(), log.state(), claim.me()),
                claim.replyTo(),
                claimed -> new Voter.Claimed(plugin.voter(), claimed.state()));
    }

    private Effect<LogEntry, VoterLog> onAppend(VoterLog log, Voter.Append append) {
        return carryOut(
                log,
                Verdict.onAppend(plugin.voter(), log.state(), append.expectedPosition(), append.record()),
                append.replyTo(),
                stored -> new Voter.Stored(plugin.voter(), stored.state()));
    }

    private Effect<LogEntry, VoterLog> carryOut(
            VoterLog log, Verdict verdict, ActorRef<Voter.Reply> replyTo, Function<VoterLog, Voter.Reply> onceStored) {
        return switch (verdict) {
            case Verdict.Say(var reply) -> answer(log, replyTo, reply);
            case Verdict.Store(var record) ->
                Effect().persist(record).thenRun(stored -> tellOnceSure(stored, replyTo, onceStored.apply(stored)));
        };
    }

    private Effect<LogEntry, VoterLog> onReadEvents(VoterLog log, Voter.ReadEvents read) {
        var last = Math.min(log.revision(), read.fromRevision() + read.limit() - 1);
        if (read.fromRevision() > last) {
            read.replyTo().tell(new Voter.Events(List.of(), false));
            return Effect().none();
        }
        var positions = LongStream.rangeClosed(read.fromRevision(), last)
                .map(log::positionOf)
                .boxed()
                .toList();
        var more = last < log.revision();
        var _ = eventsAt(positions)
                .whenComplete((events, failure) -> read.replyTo().tell(eventsReply(events, more, failure)));
        return Effect().none();
    }

    /** @param positions in ascending order, at least one */
    private CompletionStage<List<ConfigEvent>> eventsAt(List<Long> positions) {
        var wanted = Set.copyOf(positions);
        return events().currentEventsByPersistenceId(persistenceId().id(), positions.getFirst(), positions.getLast())
                .filter(envelope -> wanted.contains(envelope.sequenceNr()))
                .map(envelope -> plugin.form().eventOf(envelope.event()))
                .runWith(Sink.<ConfigEvent>seq(), context.getSystem());
    }

    private Effect<LogEntry, VoterLog> onReadPromotions(VoterLog log, Voter.ReadPromotions read) {
        var voter = plugin.voter();
        var _ = new KnownPromotions(read.limit(), this::eventsAt)
                .read(log.promotions())
                .whenComplete((known, failure) -> read.replyTo()
                        .tell(
                                failure == null
                                        ? new Voter.Promotions(voter, known)
                                        : new Voter.PromotionsUnavailable(
                                                voter, String.valueOf(failure.getMessage()))));
        return Effect().none();
    }

    private Voter.EventsReply eventsReply(List<ConfigEvent> events, boolean more, @Nullable Throwable failure) {
        return failure == null
                ? new Voter.Events(events, more)
                : new Voter.EventsUnavailable(plugin.voter() + ": " + failure.getMessage());
    }

    private CurrentEventsByPersistenceIdQuery events() {
        return PersistenceQuery.get(context.getSystem()).getReadJournalFor(plugin.queries(), plugin.queryId());
    }

    private Effect<LogEntry, VoterLog> answer(VoterLog log, ActorRef<Voter.Reply> replyTo, Voter.Reply reply) {
        tellOnceSure(log, replyTo, reply);
        return Effect().none();
    }

    /** What the voter remembers says nothing about a store that was emptied meanwhile. */
    private void tellOnceSure(VoterLog log, ActorRef<Voter.Reply> replyTo, Voter.Reply reply) {
        guard.onceSure(log.state().position(), () -> replyTo.tell(reply));
    }
}
