package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.LoneJournal.Part;
import io.tabot.journal.VoterLog;
import io.tabot.testing.Events;
import io.tabot.testing.MemoryVoter;
import io.tabot.testing.RunningEntity;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is read, and what is not, while one journal answers and no majority does. */
class LoneJournalTest {
    private static final ActorTestKit actors = TestCluster.plain();
    private static final List<String> VOTERS = List.of("mongodb", "mysql", Voter.WITNESS);
    private static final List<ConfigEvent> HISTORY = Events.chain(4);
    private static final List<ConfigEvent> OTHER_HISTORY = Events.chainAfter(HISTORY.subList(0, 2), "another", 3);

    private final MemoryVoter mongodb = new MemoryVoter("mongodb");
    private final MemoryVoter mysql = new MemoryVoter("mysql");
    private final MemoryVoter witness = new MemoryVoter(Voter.WITNESS);
    private final Incarnation incarnation = new Incarnation(VOTERS, "me");

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void tellsAllButTheNewestEventOnceTheOthersWereSilent() {
        incarnation.start();
        incarnation.answered(holds("mysql", 0, 4));
        incarnation.silent("mongodb");
        assertThat(LoneJournal.of(incarnation)).isEmpty();

        incarnation.silent(Voter.WITNESS);

        assertThat(LoneJournal.of(incarnation)).contains(part("mysql", 0, 3));
    }

    @Test
    void countsAVoterThatHasLostAllAsAway() {
        incarnation.start();
        incarnation.answered(holds("mysql", 0, 4));
        incarnation.silent("mongodb");
        incarnation.answered(new Voter.Holds(Voter.WITNESS, VoterState.EMPTY));

        assertThat(LoneJournal.of(incarnation)).contains(part("mysql", 0, 3));
    }

    @Test
    void tellsNothingOfASingleEventNorOfNone() {
        for (var revision : List.of(0, 1)) {
            var fresh = new Incarnation(VOTERS, "me");
            fresh.start();
            fresh.answered(holds("mysql", 0, revision));
            fresh.silent("mongodb");
            fresh.silent(Voter.WITNESS);

            assertThat(LoneJournal.of(fresh)).isEmpty();
        }
    }

    @Test
    void tellsNothingWhileAMajorityMayOpenTheHistory() {
        incarnation.start();
        incarnation.answered(holds("mysql", 0, 4));
        incarnation.answered(holds(Voter.WITNESS, 0, 4));
        incarnation.silent("mongodb");

        assertThat(incarnation.phase()).isEqualTo(Incarnation.Phase.CLAIMING);
        assertThat(LoneJournal.of(incarnation)).isEmpty();
    }

    @Test
    void tellsWhatIsLeftWhenTheMajorityGoesBeforeTheTermIsOpen() {
        incarnation.start();
        incarnation.answered(holds("mysql", 0, 4));
        incarnation.answered(holds(Voter.WITNESS, 0, 4));
        incarnation.silent("mongodb");
        incarnation.silent(Voter.WITNESS);
        incarnation.answered(new Voter.Claimed("mysql", claimed(incarnation.me(), 4)));

        assertThat(LoneJournal.of(incarnation)).contains(part("mysql", 0, 3));
    }

    /** An event of generation 1 was decided in a term that was open on all that lies below it. */
    @Test
    void tellsInWhichGenerationAnEventWasDecidedOnIt() {
        incarnation.start();
        incarnation.answered(holds("mysql", 1, 4));
        incarnation.silent("mongodb");
        incarnation.silent(Voter.WITNESS);

        assertThat(LoneJournal.of(incarnation)).contains(part("mysql", 1, 3));
    }

    @Test
    void servesReadsFromOneJournalAndWritesNothing() {
        mysql.remember(HISTORY, VOTERS);
        var before = mysql.position();
        mongodb.goAway();
        witness.goAway();
        var entity = entity();

        var part = part(entity, 0, HashChain.GENESIS);
        var refused = entity.change(Events.maxPositions(7, "too early"));

        assertThat(part.voter()).isEqualTo("mysql");
        assertThat(part.generation()).isZero();
        assertThat(part.state())
                .isEqualTo(ConfigState.replay("lone", HISTORY.subList(0, 3)).withoutMemory());
        assertThat(refused).isEqualTo(new ChangeReply.ReadOnly("mongodb, witness are away"));
        assertThat(mysql.position()).isEqualTo(before);
    }

    @Test
    void tellsAllOnceAMajorityIsThere() {
        mysql.remember(HISTORY, VOTERS);
        mongodb.remember(HISTORY, VOTERS);
        mongodb.goAway();
        witness.goAway();
        var entity = entity();
        part(entity, 0, HashChain.GENESIS);

        mongodb.comeBack();

        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        var whole = TestCluster.eventually(
                () -> {
                    entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, 0, HashChain.GENESIS));
                    return feed.receiveMessage(Duration.ofSeconds(1));
                },
                ConfigFeed.StateIs.class::isInstance);
        assertThat(((ConfigFeed.StateIs) whole).state().revision()).isEqualTo(4);
    }

    @Test
    void tellsNothingThatContradictsWhatAFeedHasShown() {
        mysql.remember(HISTORY, VOTERS);
        mongodb.goAway();
        witness.goAway();
        var entity = entity();
        var shown = OTHER_HISTORY.get(2);
        part(entity, 0, HashChain.GENESIS);

        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, shown.revision(), shown.hash()));

        feed.expectNoMessage(Duration.ofMillis(200));
    }

    private ConfigFeed.AcknowledgedPart part(RunningEntity entity, long seen, String hash) {
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        return TestCluster.eventually(
                () -> {
                    entity.tell(new ConfigEntity.GetState(feed.getRef(), 0, seen, hash));
                    return feed.expectMessageClass(ConfigFeed.AcknowledgedPart.class, Duration.ofMillis(300));
                },
                _ -> true);
    }

    private RunningEntity entity() {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        voters.put("mongodb", mongodb.behavior());
        voters.put("mysql", mysql.behavior());
        voters.put(Voter.WITNESS, witness.behavior());
        return RunningEntity.start(
                actors,
                RunningEntity.settings(
                        "lone", voters, Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofMillis(100)));
    }

    private static Part part(String voter, long generation, int revision) {
        var kept = log(generation, revision).kept();
        return new Part(voter, kept, generation);
    }

    private static Voter.Reply holds(String voter, long generation, int revision) {
        return new Voter.Holds(voter, log(generation, revision).state());
    }

    private static VoterState claimed(Writer me, int revision) {
        var log = log(0, revision);
        return log.apply(log.next(new VoterRecord.Claim(me))).state();
    }

    private static VoterLog log(long generation, int revision) {
        var writer = new Writer(new Term(generation, 1), "earlier");
        var opened = new VoterRecord.TermOpened(writer, 0, HashChain.GENESIS, VOTERS);
        var log = VoterLog.EMPTY.apply(VoterLog.EMPTY.next(opened));
        for (var event : HISTORY.subList(0, revision)) {
            log = log.apply(log.next(new VoterRecord.Event(writer, writer.term(), event)));
        }
        return log;
    }
}
