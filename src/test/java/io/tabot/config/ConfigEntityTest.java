package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.journal.ConfigJournal;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEntityTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static ActorTestKit actors;

    @BeforeAll
    static void start() {
        actors = TestCluster.withJournal(folder);
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void writesTheFirstConfigurationOnlyOntoAnEmptyHistory() {
        var environment = environment();
        var first = entity(environment, embedded(environment));
        assertThat(change(first, Events.maxPositions(7, "mine"), false)).isInstanceOf(ChangeReply.Decided.class);
        actors.stop(first);

        var events = audit(entity(environment, embedded(environment)), 10);

        assertThat(events).extracting(ConfigEvent::revision).containsExactly(2L, 1L);
        assertThat(events).extracting(ConfigEvent::changedBy).containsExactly("tester", "system_startup");
    }

    @Test
    void givesTheStateThatItHadBeforeARestart() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        for (var i = 1; i <= 20; i++) {
            change(entity, Events.maxPositions(i, "change " + i), false);
        }
        var before = state(entity);
        actors.stop(entity);

        var after = state(entity(environment, embedded(environment)));

        assertThat(before.revision()).isEqualTo(21);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aDryRunPersistsNothing() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));

        var reply = change(entity, Events.maxPositions(7, "only asking"), true);

        assertThat(((ChangeReply.Decided) reply).outcome()).isInstanceOf(Outcome.Accept.class);
        assertThat(state(entity).revision()).isEqualTo(1);
    }

    @Test
    void rollsBackFromItsOwnHistory() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        change(entity, Events.maxPositions(2, "two"), false);
        change(entity, Events.maxPositions(3, "three"), false);

        var reply = change(
                entity,
                new ConfigCommand.Rollback(
                        DocumentKey.APPLICATION,
                        new RollbackTarget.Previous(),
                        Precondition.NONE,
                        ChangeMeta.of("tester", ChangeMeta.Through.API, null)),
                false);

        assertThat(((ChangeReply.Decided) reply).outcome()).isInstanceOf(Outcome.Accept.class);
        assertThat(state(entity).application().maxPositions()).isEqualTo(2);
    }

    @Test
    void anUnconfirmedChangeBlocksOthersUntilItIsSettled() {
        var environment = environment();
        var voter = new MutedVoter();
        var entity = entity(environment, voter.around(embedded(environment)));
        state(entity);
        voter.loseQuestions();

        var unconfirmed = change(entity, Events.maxPositions(7, "unheard"), false);
        var refused = change(entity, Events.maxPositions(8, "too early"), false);
        voter.heal();
        var later = TestCluster.eventually(
                () -> change(entity, Events.maxPositions(9, "in time"), false),
                reply -> reply instanceof ChangeReply.Decided);

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        assertThat(refused).isInstanceOf(ChangeReply.ReadOnly.class);
        assertThat(later).isInstanceOf(ChangeReply.Decided.class);
        assertThat(audit(entity, 10))
                .extracting(ConfigEvent::reason)
                .containsExactly("in time", "unheard", "first configuration");
    }

    @Test
    void aChangeWhoseConfirmationWasLostIsInTheHistoryOnce() {
        var environment = environment();
        var voter = new MutedVoter();
        var entity = entity(environment, voter.around(embedded(environment)));
        state(entity);
        voter.loseAnswers();

        var unconfirmed = change(entity, Events.maxPositions(7, "stored all the same"), false);
        voter.heal();

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        var settled = TestCluster.eventually(() -> state(entity), state -> state.revision() == 2);
        assertThat(settled.application().maxPositions()).isEqualTo(7);
        assertThat(audit(entity, 10)).extracting(ConfigEvent::revision).containsExactly(2L, 1L);
    }

    @Test
    void stopsWhenAnotherWriterTookOver() {
        var environment = environment();
        var older = entity(environment, embedded(environment));
        state(older);
        var newer = entity(environment, embedded(environment));
        state(newer);
        var probe = actors.createTestProbe();

        var reply = change(older, Events.maxPositions(7, "out of office"), false);

        assertThat(reply).isInstanceOf(ChangeReply.Unconfirmed.class);
        probe.expectTerminated(older, SOON);
        assertThat(audit(newer, 10)).extracting(ConfigEvent::reason).doesNotContain("out of office");
    }

    @Test
    void takesNoChangeOnAJournalThatWentBackInTime() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        state(entity);
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();

        entity.tell(new ConfigEntity.GetState(
                feed.getRef(), 0, 7, Events.chain(7).getLast().hash()));
        var reply = change(entity, Events.maxPositions(7, "on what?"), false);

        feed.expectNoMessage(Duration.ofMillis(300));
        assertThat(((ChangeReply.ReadOnly) reply).reason())
                .contains("at revision 1", "revision 7 was in force already", "journals promote");
    }

    @Test
    void takesNoChangeOnAnotherHistoryThanTheOneThatWasShown() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        state(entity);
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();

        entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, 1, "of another first event"));

        assertThat(change(entity, Events.maxPositions(7, "on what?"), false)).isInstanceOf(ChangeReply.ReadOnly.class);
    }

    @Test
    void refusesChangesWhileTheJournalIsAway() {
        var voter = new MutedVoter();
        voter.loseQuestions();
        var environment = environment();
        var entity = entity(environment, voter.around(embedded(environment)));

        var reply = change(entity, Events.maxPositions(7, "nobody home"), false);

        assertThat(reply).isEqualTo(new ChangeReply.ReadOnly("journal embedded is away"));
    }

    private static String environment() {
        return "test-" + NAMES.incrementAndGet();
    }

    private static Behavior<Voter.Command> embedded(String environment) {
        return ConfigJournal.create(environment, EmbeddedJournal.plugin(folder));
    }

    private static ActorRef<ConfigEntity.Command> entity(String environment, Behavior<Voter.Command> voter) {
        return actors.spawn(ConfigEntity.create(new ConfigEntitySettings(
                environment,
                Events.RULES,
                Map.of("embedded", voter),
                Optional.of(Events.first()),
                Clock.systemUTC(),
                () -> "writer-" + NAMES.incrementAndGet(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                ConfigNotices.NONE)));
    }

    private static ChangeReply change(
            ActorRef<ConfigEntity.Command> entity, ConfigCommand command, boolean validateOnly) {
        TestProbe<ChangeReply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.Change(command, validateOnly, probe.getRef()));
        return probe.receiveMessage(SOON);
    }

    private static ConfigState state(ActorRef<ConfigEntity.Command> entity) {
        TestProbe<ConfigFeed.Command> probe = actors.createTestProbe();
        return TestCluster.eventually(
                () -> {
                    entity.tell(new ConfigEntity.GetState(probe.getRef(), 0, 0, HashChain.GENESIS));
                    return probe.expectMessageClass(ConfigFeed.StateIs.class, Duration.ofMillis(300))
                            .state();
                },
                state -> state.revision() > 0);
    }

    private static List<ConfigEvent> audit(ActorRef<ConfigEntity.Command> entity, int limit) {
        state(entity);
        TestProbe<Audit.Reply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.ReadAudit(new Audit.Query(AuditFilter.ANY, null, limit), probe.getRef()));
        return probe.expectMessageClass(Audit.Page.class, SOON).events();
    }
}
