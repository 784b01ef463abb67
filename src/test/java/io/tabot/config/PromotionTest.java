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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entity whose majority is gone for good, and the operator who goes on with what is left. */
class PromotionTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static ActorTestKit actors;

    private final MemoryVoter mongodb = new MemoryVoter("mongodb");
    private final MemoryVoter mysql = new MemoryVoter("mysql");
    private final String environment = "promoted-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        actors = TestCluster.withJournal(folder);
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void takesChangesAgainOnceWhatIsLeftIsPromoted() {
        var entity = entityThatLostMongoDb();

        var reply = promote(entity, "mysql");

        assertThat(reply).isInstanceOf(Promotion.Promoted.class);
        assertThat(((Promotion.Promoted) reply).term()).isEqualTo(new Term(1, 1));
        assertThat(entity.changed(8).durability()).containsExactly("mysql");
    }

    @Test
    void tellsWhoPromotedWhatAndWhy() {
        var entity = entityThatLostMongoDb();
        promote(entity, "mysql");

        var promotion = standing(entity).promotion();

        assertThat(promotion).isNotNull();
        assertThat(promotion.by()).isEqualTo("ops-1");
        assertThat(promotion.reason()).isEqualTo("mongodb burned");
        assertThat(promotion.voters()).containsExactly("mysql");
    }

    @Test
    void staysPromotedAfterARestart() {
        var entity = entityThatLostMongoDb();
        promote(entity, "mysql");
        entity.changed(8);
        entity.stop();

        var again = entity();

        assertThat(again.changed(9).durability()).containsExactly("mysql");
        assertThat(standing(again).promotion()).isNotNull();
    }

    @Test
    void takesTheLostOneBackOnTheHistoryOfThePromotedOne() {
        var entity = entityThatLostMongoDb();
        promote(entity, "mysql");
        entity.changed(8);

        mongodb.comeBack();
        var reply = entity.accepted(change -> change.durability().contains("mongodb"));

        assertThat(reply.durability()).containsExactly("mongodb", "mysql");
        assertThat(mongodb.kept()).isEqualTo(mysql.kept());
    }

    @Test
    void settlesTheChangeThatWasUnderWay() {
        var entity = entity();
        entity.changed(7);
        mongodb.goAway();
        var unconfirmed = entity.change(Events.maxPositions(8, "only mysql hears it"));

        promote(entity, "mysql");

        assertThat(unconfirmed).isInstanceOf(ChangeReply.Unconfirmed.class);
        assertThat(entity.changed(9).before().application().maxPositions()).isEqualTo(8);
    }

    @Test
    void refusesWhatIsNoVoterOrAwayOrTwice() {
        var entity = entityThatLostMongoDb();

        assertThat(refusal(entity, "postgres")).contains("no voter is called postgres");
        assertThat(refusal(entity, "mongodb")).contains("mongodb is away");
        assertThat(refusal(entity, "mysql", "mysql")).contains("each voter once");
        assertThat(refusal(entity)).contains("at least one journal");
    }

    @Test
    void refusesWhileAMajorityIsThere() {
        var entity = entity();
        entity.changed(7);

        assertThat(refusal(entity, "mysql")).contains("nothing to promote");
        assertThat(entity.changed(8).durability()).containsExactly("mongodb", "mysql");
    }

    @Test
    void givesUpWhatOnlyTheLostOnesHeldThoughItWasInForce() {
        var entity = entityThatForgotRevisionThree();
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();

        var reply = promote(entity, "mysql");
        entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, 3, hashOfRevisionThree()));

        assertThat(((Promotion.Promoted) reply).revision()).isEqualTo(2);
        assertThat(entity.changed(9).before().application().maxPositions()).isEqualTo(7);
    }

    @Test
    void refusesToLoseWhatWasInForceSinceThePromotion() {
        var entity = entityThatForgotRevisionThree();
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        promote(entity, "mysql");

        entity.tell(new ConfigEntity.GetState(feed.getRef(), 1, 3, hashOfRevisionThree()));

        assertThat(entity.change(Events.maxPositions(9, "on what?"))).isInstanceOf(ChangeReply.ReadOnly.class);
    }

    @Test
    void dropsWhatAReturnedOneHoldsBeyondThePromotionAndNamesIt() {
        var entity = entityThatForgotRevisionThree();
        promote(entity, "mysql");

        LoggingTestKit.warn("mongodb is back with revisions 3 to 3, acknowledged or not: they were given up when"
                        + " ops-1 promoted mysql")
                .expect(actors.system(), () -> {
                    mongodb.comeBack();
                    return true;
                });
        entity.accepted(change -> change.durability().contains("mongodb"));

        assertThat(mongodb.kept()).isEqualTo(mysql.kept());
    }

    @Test
    void listsEachPromotionWithWhatItGaveUp() {
        var entity = entityThatForgotRevisionThree();
        var lost = mongodb.kept().getLast();
        promote(entity, "mysql");
        var meanwhile = promotions(entity);
        mongodb.comeBack();
        entity.accepted(change -> change.durability().contains("mongodb"));

        var item = promotions(entity).promotions().getFirst();

        assertThat(meanwhile.unread()).containsExactly("mongodb");
        assertThat(meanwhile.promotions().getFirst().givenUp()).isEmpty();
        assertThat(item.promotion()).isEqualTo(standing(entity).promotion());
        assertThat(item.baseRevision()).isEqualTo(2);
        assertThat(item.givenUp()).containsExactly(new PromotionAudit.GivenUp("mongodb", 1, List.of(lost)));
        assertThat(item.promotion().at()).isNotNull();
    }

    @Test
    void goesOnWithAHistoryThatWentBackInTimeOnceItIsPromoted() {
        var entity = entity();
        entity.changed(7);
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, 9, "of a lost change"));
        var refused = entity.change(Events.maxPositions(8, "on what?"));

        promote(entity, "mongodb", "mysql");

        assertThat(refused).isInstanceOf(ChangeReply.ReadOnly.class);
        assertThat(entity.changed(9).durability()).containsExactly("mongodb", "mysql");
    }

    private String hashOfRevisionThree() {
        return mongodb.kept().getLast().hash();
    }

    /** Revision 3 was acknowledged by two of three, and both of them are gone. */
    private RunningEntity entityThatForgotRevisionThree() {
        try (var first = new WitnessFile(folder, environment)) {
            var entity = entity(Witness.create(first));
            entity.changed(7);
            mysql.goAway();
            entity.changed(8);
            assertThat(mysql.kept()).hasSize(2);
            entity.stop();
        }
        mysql.comeBack();
        mongodb.goAway();
        var again = entity(Behaviors.ignore());
        awaitMySql(again);
        return again;
    }

    private RunningEntity entityThatLostMongoDb() {
        var entity = entity();
        entity.changed(7);
        mongodb.goAway();
        entity.stop();
        var again = entity();
        awaitMySql(again);
        return again;
    }

    private static void awaitMySql(RunningEntity entity) {
        TestCluster.eventually(
                () -> standing(entity).voters(),
                voters -> voters.stream()
                        .anyMatch(voter -> voter.voter().equals("mysql") && voter.state() != VoterStatus.State.AWAY));
    }

    private RunningEntity entity(Behavior<Voter.Command> witness) {
        return entityOver(Map.of(Voter.WITNESS, witness));
    }

    private RunningEntity entity() {
        return entityOver(Map.of());
    }

    private RunningEntity entityOver(Map<String, Behavior<Voter.Command>> more) {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        voters.put("mongodb", mongodb.behavior());
        voters.put("mysql", mysql.behavior());
        voters.putAll(more);
        return RunningEntity.start(actors, RunningEntity.settings(environment, voters));
    }

    private static Promotion.Reply promote(RunningEntity entity, String... voters) {
        TestProbe<Promotion.Reply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.Promote(List.of(voters), "ops-1", "mongodb burned", probe.getRef()));
        return probe.receiveMessage(RunningEntity.SOON);
    }

    private static String refusal(RunningEntity entity, String... voters) {
        var reply = promote(entity, voters);
        assertThat(reply).isInstanceOf(Promotion.Refused.class);
        return ((Promotion.Refused) reply).reason();
    }

    private static Promotion.Standing standing(RunningEntity entity) {
        TestProbe<Promotion.Standing> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.ReadStanding(probe.getRef()));
        return probe.receiveMessage(RunningEntity.SOON);
    }

    private static PromotionAudit.Found promotions(RunningEntity entity) {
        TestProbe<PromotionAudit.Reply> probe = actors.createTestProbe();
        entity.tell(new ConfigEntity.ReadPromotions(probe.getRef()));
        return probe.expectMessageClass(PromotionAudit.Found.class, RunningEntity.SOON);
    }
}
