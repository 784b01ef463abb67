package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.journal.ConfigJournal;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.testing.Events;
import io.tabot.testing.RunningEntity;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEntityTest {
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
        assertThat(first.change(Events.maxPositions(7, "mine"))).isInstanceOf(ChangeReply.Decided.class);
        first.stop();

        var events = audit(entity(environment, embedded(environment)), 10);

        assertThat(events).extracting(ConfigEvent::revision).containsExactly(2L, 1L);
        assertThat(events).extracting(ConfigEvent::changedBy).containsExactly("tester", "system_startup");
    }

    @Test
    void givesTheStateThatItHadBeforeARestart() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        for (var i = 1; i <= 20; i++) {
            entity.change(Events.maxPositions(i, "change " + i));
        }
        var before = entity.state();
        entity.stop();

        var after = entity(environment, embedded(environment)).state();

        assertThat(before.revision()).isEqualTo(21);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aDryRunPersistsNothing() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));

        var reply = entity.dryRun(Events.maxPositions(7, "only asking"));

        assertThat(((ChangeReply.Decided) reply).outcome()).isInstanceOf(Outcome.Accept.class);
        assertThat(entity.state().revision()).isEqualTo(1);
    }

    @Test
    void rollsBackFromItsOwnHistory() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        entity.change(Events.maxPositions(2, "two"));
        entity.change(Events.maxPositions(3, "three"));

        var reply = entity.change(new ConfigCommand.Rollback(
                DocumentKey.APPLICATION,
                new RollbackTarget.Previous(),
                Precondition.NONE,
                ChangeMeta.of("tester", ChangeMeta.Through.API, null)));

        assertThat(((ChangeReply.Decided) reply).outcome()).isInstanceOf(Outcome.Accept.class);
        assertThat(entity.state().application().maxPositions()).isEqualTo(2);
    }

    @Test
    void anUnconfirmedChangeBlocksOthersUntilItIsSettled() {
        var environment = environment();
        var voter = new MutedVoter();
        var entity = entity(environment, voter.around(embedded(environment)));
        entity.state();
        voter.loseQuestions();

        var unconfirmed = entity.change(Events.maxPositions(7, "unheard"));
        var refused = entity.change(Events.maxPositions(8, "too early"));
        voter.heal();
        var later = TestCluster.eventually(
                () -> entity.change(Events.maxPositions(9, "in time")), reply -> reply instanceof ChangeReply.Decided);

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
        entity.state();
        voter.loseAnswers();

        var unconfirmed = entity.change(Events.maxPositions(7, "stored all the same"));
        voter.heal();

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        var settled = TestCluster.eventually(() -> entity.state(), state -> state.revision() == 2);
        assertThat(settled.application().maxPositions()).isEqualTo(7);
        assertThat(audit(entity, 10)).extracting(ConfigEvent::revision).containsExactly(2L, 1L);
    }

    @Test
    void stopsWhenAnotherWriterTookOver() {
        var environment = environment();
        var older = entity(environment, embedded(environment));
        older.state();
        var newer = entity(environment, embedded(environment));
        newer.state();
        var probe = actors.createTestProbe();

        var reply = older.change(Events.maxPositions(7, "out of office"));

        assertThat(reply).isInstanceOf(ChangeReply.Unconfirmed.class);
        probe.expectTerminated(older.ref(), RunningEntity.SOON);
        assertThat(audit(newer, 10)).extracting(ConfigEvent::reason).doesNotContain("out of office");
    }

    @Test
    void takesNoChangeOnAJournalThatWentBackInTime() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        entity.state();
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();

        entity.tell(new ConfigEntity.GetState(
                feed.getRef(), 0, 7, Events.chain(7).getLast().hash()));
        var reply = entity.change(Events.maxPositions(7, "on what?"));

        feed.expectNoMessage(Duration.ofMillis(300));
        assertThat(((ChangeReply.ReadOnly) reply).reason())
                .contains("at revision 1", "revision 7 was in force already", "journals promote");
    }

    @Test
    void takesNoChangeOnAnotherHistoryThanTheOneThatWasShown() {
        var environment = environment();
        var entity = entity(environment, embedded(environment));
        entity.state();
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();

        entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, 1, "of another first event"));

        assertThat(entity.change(Events.maxPositions(7, "on what?"))).isInstanceOf(ChangeReply.ReadOnly.class);
    }

    @Test
    void refusesChangesWhileTheJournalIsAway() {
        var voter = new MutedVoter();
        voter.loseQuestions();
        var environment = environment();
        var entity = entity(environment, voter.around(embedded(environment)));

        var reply = entity.change(Events.maxPositions(7, "nobody home"));

        assertThat(reply).isEqualTo(new ChangeReply.ReadOnly("journal embedded is away"));
    }

    @Test
    void tellsThoseWhoWaitWhenItEnds() {
        var voter = new MutedVoter();
        voter.loseQuestions();
        var environment = environment();
        var entity = entity(environment, voter.around(embedded(environment)));
        TestProbe<ChangeReply> caller = actors.createTestProbe();

        entity.tell(new ConfigEntity.Change(Events.maxPositions(7, "nobody home"), false, caller.ref()));
        entity.tell(new ConfigEntity.Stop());

        assertThat(caller.expectMessageClass(ChangeReply.ReadOnly.class, RunningEntity.SOON)
                        .reason())
                .contains("the owner of the configuration ends");
    }

    private static String environment() {
        return "test-" + NAMES.incrementAndGet();
    }

    private static Behavior<Voter.Command> embedded(String environment) {
        return ConfigJournal.create(environment, EmbeddedJournal.plugin(folder));
    }

    private static RunningEntity entity(String environment, Behavior<Voter.Command> voter) {
        return RunningEntity.start(
                actors,
                RunningEntity.settings(
                        environment,
                        Map.of("embedded", voter),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100)));
    }

    private static List<ConfigEvent> audit(RunningEntity entity, int limit) {
        entity.state();
        TestProbe<Audit.Reply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.ReadAudit(new Audit.Query(AuditFilter.ANY, null, limit), probe.getRef()));
        return probe.expectMessageClass(Audit.Page.class, RunningEntity.SOON).events();
    }
}
