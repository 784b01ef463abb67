package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.journal.Witness;
import io.tabot.journal.WitnessFile;
import io.tabot.testing.Events;
import io.tabot.testing.MemoryVoter;
import io.tabot.testing.RunningEntity;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entity over two journals, with and without a witness. */
class TwoJournalsTest {
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

        var reply = entity.changed(7);

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(mongodb.kept()).hasSize(2).isEqualTo(mysql.kept());
    }

    @Test
    void goesOnWithTheWitnessWhenAJournalGoesAway() {
        var entity = entity(true);
        entity.changed(7);
        mongodb.goAway();

        var first = entity.accepted(_ -> true);
        var second = entity.accepted(_ -> true);

        assertThat(first.durability()).containsExactly("mysql", Voter.WITNESS);
        assertThat(second.durability()).containsExactly("mysql", Voter.WITNESS);
    }

    @Test
    void bringsAJournalThatComesBackLevel() {
        var entity = entity(true);
        entity.changed(7);
        mysql.goAway();
        entity.changed(8);
        entity.changed(9);
        mysql.comeBack();

        TestCluster.eventually(mysql::kept, kept -> kept.size() == 4);
        var reply = entity.accepted(changed -> changed.durability().contains("mysql"));

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(mysql.kept()).isEqualTo(mongodb.kept());
    }

    @Test
    void fillsAJournalThatCameBackEmpty() {
        var entity = entity(true);
        entity.changed(7);
        mongodb.goAway();
        entity.changed(8);
        mongodb.wipe();
        mongodb.comeBack();

        TestCluster.eventually(mongodb::kept, kept -> kept.size() == 3);

        assertThat(mongodb.kept()).isEqualTo(mysql.kept());
    }

    @Test
    void startsWithOneJournalAndTheWitness() {
        var entity = entity(true);
        entity.changed(7);
        mongodb.goAway();
        entity.changed(8);
        entity.stop();
        mongodb.goAway();

        var again = entity(true);

        assertThat(again.state().revision()).isEqualTo(3);
        assertThat(again.accepted(_ -> true).durability()).containsExactly("mysql", Voter.WITNESS);
    }

    @Test
    void startsOnWhatTheWitnessAloneStillKnows() {
        var entity = entity(true);
        entity.changed(7);
        mongodb.goAway();
        entity.changed(8);
        entity.stop();
        mongodb.comeBack();
        mysql.goAway();

        var again = entity(true);

        assertThat(again.state().application().maxPositions()).isEqualTo(8);
        assertThat(mongodb.kept()).hasSize(3);
    }

    @Test
    void doesNotStartTheFirstTimeWithoutAll() {
        mysql.goAway();
        var entity = entity(true);

        var refused = entity.change(Events.maxPositions(7, "too early"));
        mysql.comeBack();

        assertThat(refused).isEqualTo(new ChangeReply.ReadOnly("journal mysql is away"));
        assertThat(entity.state().revision()).isEqualTo(1);
    }

    @Test
    void takesNoChangeWithoutAWitnessWhenAJournalIsAway() {
        var entity = entity(false);
        entity.changed(7);
        mysql.goAway();

        var unconfirmed = entity.change(Events.maxPositions(8, "unheard"));
        var refused = entity.change(Events.maxPositions(9, "too early"));
        mysql.comeBack();

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        assertThat(refused).isInstanceOf(ChangeReply.ReadOnly.class);
        assertThat(TestCluster.eventually(() -> entity.state(), state -> state.revision() == 3)
                        .application()
                        .maxPositions())
                .isEqualTo(8);
    }

    @Test
    void refillsOneOfTwoWithoutAWitness() {
        var entity = entity(false);
        entity.changed(7);
        entity.stop();
        mysql.wipe();

        var again = entity(false);

        assertThat(again.state().revision()).isEqualTo(2);
        assertThat(mysql.kept()).isEqualTo(mongodb.kept());
    }

    @Test
    void addsAJournalToAHistoryThatExists() {
        var alone = entity(Map.of("mongodb", mongodb.behavior()));
        alone.changed(7);
        alone.stop();

        var entity = entity(true);
        TestCluster.eventually(mysql::kept, kept -> kept.size() == 2);
        var reply = entity.accepted(changed -> changed.durability().contains("mysql"));
        mongodb.goAway();

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(entity.accepted(changed -> !changed.durability().contains("mongodb"))
                        .durability())
                .containsExactly("mysql", Voter.WITNESS);
    }

    private RunningEntity entity(boolean hasWitness) {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        voters.put("mongodb", mongodb.behavior());
        voters.put("mysql", mysql.behavior());
        if (hasWitness) {
            voters.put(Voter.WITNESS, Witness.create(witness));
        }
        return entity(voters);
    }

    private RunningEntity entity(Map<String, Behavior<Voter.Command>> voters) {
        return RunningEntity.start(actors, RunningEntity.settings(environment, voters));
    }
}
