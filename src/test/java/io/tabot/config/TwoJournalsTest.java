package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.journal.Witness;
import io.tabot.journal.WitnessFile;
import io.tabot.testing.Events;
import io.tabot.testing.MemoryVoter;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entity over two journals, with and without a witness. */
class TwoJournalsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static ActorTestKit actors;

    private final MemoryVoter mongodb = new MemoryVoter("mongodb");
    private final MemoryVoter mysql = new MemoryVoter("mysql");
    private final String environment = "two-" + NAMES.incrementAndGet();
    private final WitnessFile witness = new WitnessFile(folder, environment);

    @BeforeAll
    static void start() {
        actors = TestCluster.withJournal(folder);
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @AfterEach
    void letGo() {
        witness.close();
    }

    @Test
    void acknowledgesWhatBothJournalsHold() {
        var entity = entity(true);

        var reply = changed(entity, 7);

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(mongodb.kept()).hasSize(2).isEqualTo(mysql.kept());
    }

    @Test
    void goesOnWithTheWitnessWhenAJournalGoesAway() {
        var entity = entity(true);
        changed(entity, 7);
        mongodb.goAway();

        var first = accepted(entity);
        var second = accepted(entity);

        assertThat(first.durability()).containsExactly("mysql", Voter.WITNESS);
        assertThat(second.durability()).containsExactly("mysql", Voter.WITNESS);
    }

    @Test
    void bringsAJournalThatComesBackLevel() {
        var entity = entity(true);
        changed(entity, 7);
        mysql.goAway();
        changed(entity, 8);
        changed(entity, 9);
        mysql.comeBack();

        TestCluster.eventually(mysql::kept, kept -> kept.size() == 4);
        var reply = TestCluster.eventually(
                () -> changed(entity, 10 + NAMES.incrementAndGet()),
                changed -> changed.durability().contains("mysql"));

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(mysql.kept()).isEqualTo(mongodb.kept());
    }

    @Test
    void fillsAJournalThatCameBackEmpty() {
        var entity = entity(true);
        changed(entity, 7);
        mongodb.goAway();
        changed(entity, 8);
        mongodb.wipe();
        mongodb.comeBack();

        TestCluster.eventually(mongodb::kept, kept -> kept.size() == 3);

        assertThat(mongodb.kept()).isEqualTo(mysql.kept());
    }

    @Test
    void startsWithOneJournalAndTheWitness() {
        var entity = entity(true);
        changed(entity, 7);
        mongodb.goAway();
        changed(entity, 8);
        actors.stop(entity);
        mongodb.goAway();

        var again = entity(true);

        assertThat(state(again).revision()).isEqualTo(3);
        assertThat(accepted(again).durability()).containsExactly("mysql", Voter.WITNESS);
    }

    @Test
    void startsOnWhatTheWitnessAloneStillKnows() {
        var entity = entity(true);
        changed(entity, 7);
        mongodb.goAway();
        changed(entity, 8);
        actors.stop(entity);
        mongodb.comeBack();
        mysql.goAway();

        var again = entity(true);

        assertThat(state(again).application().maxPositions()).isEqualTo(8);
        assertThat(mongodb.kept()).hasSize(3);
    }

    @Test
    void doesNotStartTheFirstTimeWithoutAll() {
        mysql.goAway();
        var entity = entity(true);

        var refused = change(entity, Events.maxPositions(7, "too early"));
        mysql.comeBack();

        assertThat(refused).isEqualTo(new ChangeReply.ReadOnly("journal mysql is away"));
        assertThat(state(entity).revision()).isEqualTo(1);
    }

    @Test
    void takesNoChangeWithoutAWitnessWhenAJournalIsAway() {
        var entity = entity(false);
        changed(entity, 7);
        mysql.goAway();

        var unconfirmed = change(entity, Events.maxPositions(8, "unheard"));
        var refused = change(entity, Events.maxPositions(9, "too early"));
        mysql.comeBack();

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        assertThat(refused).isInstanceOf(ChangeReply.ReadOnly.class);
        assertThat(TestCluster.eventually(() -> state(entity), state -> state.revision() == 3)
                        .application()
                        .maxPositions())
                .isEqualTo(8);
    }

    @Test
    void refillsOneOfTwoWithoutAWitness() {
        var entity = entity(false);
        changed(entity, 7);
        actors.stop(entity);
        mysql.wipe();

        var again = entity(false);

        assertThat(state(again).revision()).isEqualTo(2);
        assertThat(mysql.kept()).isEqualTo(mongodb.kept());
    }

    @Test
    void addsAJournalToAHistoryThatExists() {
        var alone = entity(Map.of("mongodb", mongodb.behavior()));
        changed(alone, 7);
        actors.stop(alone);

        var entity = entity(true);
        TestCluster.eventually(mysql::kept, kept -> kept.size() == 2);
        var reply = TestCluster.eventually(
                () -> changed(entity, 10 + NAMES.incrementAndGet()),
                changed -> changed.durability().contains("mysql"));
        mongodb.goAway();

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(TestCluster.eventually(
                                () -> changed(entity, 10 + NAMES.incrementAndGet()),
                                changed -> !changed.durability().contains("mongodb"))
                        .durability())
                .containsExactly("mysql", Voter.WITNESS);
    }

    private ActorRef<ConfigEntity.Command> entity(boolean hasWitness) {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        voters.put("mongodb", mongodb.behavior());
        voters.put("mysql", mysql.behavior());
        if (hasWitness) {
            voters.put(Voter.WITNESS, Witness.create(witness));
        }
        return entity(voters);
    }

    private ActorRef<ConfigEntity.Command> entity(Map<String, Behavior<Voter.Command>> voters) {
        return actors.spawn(ConfigEntity.create(new ConfigEntitySettings(
                environment,
                Events.RULES,
                voters,
                Optional.of(Events.first()),
                Clock.systemUTC(),
                () -> "writer-" + NAMES.incrementAndGet(),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                ConfigNotices.NONE)));
    }

    /** A change that was stored now: one that wasn't confirmed in time may be found stored when it is tried again. */
    private static ChangeReply.Decided accepted(ActorRef<ConfigEntity.Command> entity) {
        var reply = TestCluster.eventually(
                () -> change(entity, Events.maxPositions(100 + NAMES.incrementAndGet(), "because")),
                answer -> answer instanceof ChangeReply.Decided decided && decided.outcome() instanceof Outcome.Accept);
        return (ChangeReply.Decided) reply;
    }

    private static ChangeReply.Decided changed(ActorRef<ConfigEntity.Command> entity, int maxPositions) {
        return TestCluster.eventually(
                () -> {
                    var reply = change(entity, Events.maxPositions(maxPositions, "because"));
                    assertThat(reply).isInstanceOf(ChangeReply.Decided.class);
                    return (ChangeReply.Decided) reply;
                },
                _ -> true);
    }

    private static ChangeReply change(ActorRef<ConfigEntity.Command> entity, ConfigCommand command) {
        TestProbe<ChangeReply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.Change(command, false, probe.getRef()));
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
}
