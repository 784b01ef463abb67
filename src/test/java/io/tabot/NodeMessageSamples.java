package io.tabot;

import io.tabot.config.Audit;
import io.tabot.config.AuditFilter;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit;
import io.tabot.config.DocumentKey;
import io.tabot.config.FieldError;
import io.tabot.config.NodeMessage;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import io.tabot.config.Promotion;
import io.tabot.config.PromotionAudit;
import io.tabot.config.Reign;
import io.tabot.config.RollbackTarget;
import io.tabot.config.Term;
import io.tabot.config.VoterStatus;
import io.tabot.config.WholeConfig;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import io.tabot.ops.NodeReport;
import io.tabot.ops.NodeReporter;
import io.tabot.signal.HeldCandles;
import io.tabot.signal.SignalActor;
import io.tabot.signal.Ticket;
import io.tabot.testing.Events;
import io.tabot.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** One message of each kind that nodes send each other, and of each part that it may have. */
final class NodeMessageSamples {
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00.123Z");
    private static final Precondition PRECONDITION = new Precondition(3L, null);
    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=value");
    private static final ChangeMeta META =
            new ChangeMeta("ops", "alice", Through.API, "why", new Idempotency("key", "print"), TRACE);
    private static final List<ConfigEvent> HISTORY = Events.chain(3);
    private static final ConfigState STATE = ConfigState.replay("test", HISTORY);
    private static final Term TERM = new Term(1, 4);
    private static final Reign.Promotion PROMOTION = new Reign.Promotion("p-1", List.of("mysql"), "ops", "why", NOW);
    private static final Map<String, Object> VALUES = Map.of(
            "whole", 25L, "number", 25.0, "tiny", 0.1 + 0.2, "list", List.of(1L, "two", true), "empty", Map.of());

    private final ActorTestKit kit;

    NodeMessageSamples(ActorTestKit kit) {
        this.kit = kit;
    }

    List<NodeMessage> all() {
        var all = new ArrayList<NodeMessage>();
        all.addAll(toEntity());
        all.addAll(fromEntity());
        all.addAll(toFeed());
        all.addAll(toSymbol());
        all.addAll(ofNodes());
        return all;
    }

    ConfigState stateWithMemory() {
        var event = new ConfigEvent(
                STATE.revision() + 1,
                NOW,
                META.changedBy(),
                META.actor(),
                META.through(),
                META.reason(),
                META.idempotency(),
                HISTORY.getLast().changes(),
                null,
                STATE.headHash(),
                STATE.headHash());
        return STATE.apply(event);
    }

    private List<NodeMessage> toEntity() {
        var replyTo = kit.createTestProbe(ChangeReply.class).getRef();
        var messages = new ArrayList<NodeMessage>();
        commands().forEach(command -> messages.add(new ConfigEntity.Change(command, true, replyTo)));
        messages.add(new ConfigEntity.GetState(feed(), 1, 7, "hash"));
        messages.add(new ConfigEntity.Promote(
                List.of("mysql"),
                "ops",
                "why",
                kit.createTestProbe(Promotion.Reply.class).getRef()));
        messages.add(new ConfigEntity.ReadPromotions(
                kit.createTestProbe(PromotionAudit.Reply.class).getRef()));
        messages.add(new ConfigEntity.ReadStanding(
                kit.createTestProbe(Promotion.Standing.class).getRef()));
        scopes().forEach(scope -> messages.add(new ConfigEntity.ReadAudit(
                new Audit.Query(filter(scope), 8L, 9),
                kit.createTestProbe(Audit.Reply.class).getRef())));
        return messages;
    }

    private List<NodeMessage> fromEntity() {
        var messages = new ArrayList<NodeMessage>();
        outcomes()
                .forEach(outcome -> messages.add(new ChangeReply.Decided(outcome, STATE, List.of("mysql", "witness"))));
        messages.add(new ChangeReply.Unconfirmed("may be"));
        messages.add(new ChangeReply.ReadOnly("who is away"));
        messages.add(new Promotion.Promoted(TERM, 3, PROMOTION));
        messages.add(new Promotion.Refused("why not"));
        messages.add(new Promotion.Unconfirmed("may be"));
        messages.add(new Promotion.Standing(TERM, statuses(), PROMOTION));
        messages.add(new Promotion.Standing(TERM, List.of(), null));
        messages.add(new PromotionAudit.Found(
                List.of(
                        new PromotionAudit.Item(
                                2, PROMOTION, 7L, List.of(new PromotionAudit.GivenUp("mysql", 3, HISTORY))),
                        new PromotionAudit.Item(1, null, null, List.of())),
                List.of("mongodb")));
        messages.add(new PromotionAudit.Unavailable("no journal"));
        messages.add(new Audit.Page(HISTORY, null));
        messages.add(new Audit.Page(List.of(), 4L));
        messages.add(new Audit.Unavailable("no journal"));
        return messages;
    }

    private List<NodeMessage> toFeed() {
        var replyTo = kit.createTestProbe(ConfigFeed.InUse.class).getRef();
        return List.of(
                new ConfigFeed.Published(HISTORY.getLast(), 0, List.of("embedded")),
                new ConfigFeed.Published(HISTORY.getLast(), 0, List.of("embedded"), TRACE),
                new ConfigFeed.Heartbeat(3, STATE.headHash(), List.of("embedded")),
                new ConfigFeed.StateIs(STATE, 1, List.of()),
                new ConfigFeed.AcknowledgedPart(STATE, 1, "mysql"),
                new ConfigFeed.Voters(statuses()),
                new ConfigFeed.AwaitApplied(3, Duration.ofMillis(1_500), replyTo),
                new ConfigFeed.InUse(3, 500, List.of("BTCUSDT")));
    }

    private static List<VoterStatus> statuses() {
        return Arrays.stream(VoterStatus.State.values())
                .map(state -> new VoterStatus("mysql", state, 5))
                .toList();
    }

    private List<NodeMessage> toSymbol() {
        var ticket = new Ticket(5, kit.createTestProbe(Ticket.class).getRef());
        var held = kit.createTestProbe(HeldCandles.class).getRef();
        var candle = new Candle(NOW.toEpochMilli(), 0.1, 0.30000000000000004, 0.1, 1e-8, 1e17);
        return Stream.of(Timeframe.values())
                .flatMap(timeframe -> Stream.of(
                        (NodeMessage) ticket,
                        new SignalActor.Observe(timeframe, candle, true, 0, ticket),
                        new SignalActor.Observe(timeframe, candle, false, 7, ticket, new TraceContext("00-x", null)),
                        new SignalActor.Keep(timeframe, candle, ticket),
                        new SignalActor.TellCandles(timeframe, held),
                        new HeldCandles(List.of(candle)),
                        new SignalActor.ReadPast(timeframe)))
                .toList();
    }

    private ActorRef<ConfigFeed.Command> feed() {
        return kit.createTestProbe(ConfigFeed.Command.class).getRef();
    }

    private List<NodeMessage> ofNodes() {
        var shards = List.of(new NodeReport.Shard("17", List.of("BTCUSDT")), new NodeReport.Shard("3", List.of()));
        return List.of(
                new NodeReporter.Describe(kit.createTestProbe(NodeReport.class).getRef()),
                new NodeReport(3, 2, NOW, List.of("test"), shards, new NodeReport.Candles(true, NOW, 7)),
                new NodeReport(0, 0, null, List.of(), List.of(), new NodeReport.Candles(false, null, -1)));
    }

    private static Stream<ConfigCommand> commands() {
        var edits = List.<DocumentEdit>of(
                new DocumentEdit.UpdateApplication(VALUES, PRECONDITION),
                new DocumentEdit.UpdateParameters("momentum_pulse", null, VALUES, Precondition.NONE),
                new DocumentEdit.MoveLifecycle("momentum_pulse", "paused", "d-1", null, PRECONDITION),
                new DocumentEdit.DeleteParameters("momentum_pulse", "BTCUSDT", PRECONDITION));
        var targets = List.<RollbackTarget>of(
                new RollbackTarget.Version(2),
                new RollbackTarget.Revision(2),
                new RollbackTarget.Time(NOW),
                new RollbackTarget.AuditItem("test-2"),
                new RollbackTarget.Previous());
        var whole = new WholeConfig(
                VALUES, Map.of("momentum_pulse", new WholeConfig.StrategyLayers(VALUES, Map.of("BTCUSDT", VALUES))));
        return Stream.of(
                        edits.stream().map(edit -> new ConfigCommand.ChangeOne(edit, META)),
                        Stream.of(new ConfigCommand.ChangeMany(edits, PRECONDITION, META)),
                        targets.stream()
                                .map(target -> new ConfigCommand.Rollback(
                                        DocumentKey.APPLICATION, target, PRECONDITION, META)),
                        Stream.of(new ConfigCommand.Initialize(
                                whole, Events.first().defaults(), META)))
                .flatMap(stream -> stream);
    }

    private static Stream<AuditFilter.Scope> scopes() {
        return Stream.of(
                new AuditFilter.Scope.Everything(),
                new AuditFilter.Scope.One(DocumentKey.APPLICATION),
                new AuditFilter.Scope.Tree(DocumentKey.strategy("momentum_pulse")));
    }

    private static AuditFilter filter(AuditFilter.Scope scope) {
        return new AuditFilter(
                scope, "ops", null, ConfigEvent.Action.UPDATE, Through.MCP, null, "BTCUSDT", NOW, null, "why");
    }

    private static List<Outcome> outcomes() {
        var error = new FieldError(
                "symbols[2]", FieldError.Code.OUT_OF_RANGE, "too big", FieldError.Allowed.range(1L, 2.5), 25L);
        return List.of(
                new Outcome.Accept(HISTORY.getLast(), STATE),
                new Outcome.Unchanged(STATE),
                new Outcome.Repeat(HISTORY.getFirst()),
                new Outcome.KeyReused(HISTORY.getFirst()),
                new Outcome.Stale(
                        DocumentKey.APPLICATION,
                        STATE.document(DocumentKey.APPLICATION).orElseThrow(),
                        PRECONDITION,
                        3,
                        2,
                        ConfigDiff.of(HISTORY.getLast())),
                new Outcome.Stale(null, null, PRECONDITION, 3, 2, ConfigDiff.of(HISTORY.getFirst())),
                new Outcome.Invalid(List.of(error)),
                new Outcome.Unknown(Outcome.Unknown.What.STRATEGY, "moment", "unknown", "momentum_pulse"));
    }
}
