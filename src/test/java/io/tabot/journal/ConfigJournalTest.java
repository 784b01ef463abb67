package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigJournalTest {
    private static final Writer FIRST = new Writer(new Term(0, 1), "first");
    private static final Writer SECOND = new Writer(new Term(0, 2), "second");

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
    void remembersWhatItStoredAfterARestart() {
        var journal = journal("restart");
        var event = Events.chain(1).getFirst();
        claim(journal, FIRST);
        var opened =
                append(journal, 1, new VoterRecord.TermOpened(FIRST, 0, VoterState.EMPTY.hash(), List.of("embedded")));
        var stored = append(journal, 2, new VoterRecord.Event(FIRST, FIRST.term(), event));
        actors.stop(journal);

        var again = read(journal("restart"));

        assertThat(opened).isInstanceOf(Voter.Stored.class);
        assertThat(stored).isInstanceOf(Voter.Stored.class);
        assertThat(again).isEqualTo(new VoterState(3, FIRST, FIRST.term(), 1, event.hash()));
    }

    @Test
    void refusesAWriterBelowItsPromise() {
        var journal = journal("fence");
        claim(journal, SECOND);

        var reply = append(
                journal,
                1,
                new VoterRecord.Event(FIRST, FIRST.term(), Events.chain(1).getFirst()));
        var claimed = claim(journal, FIRST);

        assertThat(reply).isEqualTo(new Voter.Fenced("embedded", SECOND));
        assertThat(claimed).isEqualTo(new Voter.Fenced("embedded", SECOND));
        assertThat(read(journal).position()).isEqualTo(1);
    }

    @Test
    void refusesAnotherWriterOfTheSameTerm() {
        var journal = journal("same-term");
        claim(journal, FIRST);

        var reply = claim(journal, new Writer(FIRST.term(), "somebody else"));

        assertThat(reply).isEqualTo(new Voter.Fenced("embedded", FIRST));
    }

    @Test
    void storesNothingAtAPositionThatMoved() {
        var journal = journal("moved");
        claim(journal, FIRST);

        var reply = append(
                journal,
                0,
                new VoterRecord.Event(FIRST, FIRST.term(), Events.chain(1).getFirst()));

        assertThat(reply).isInstanceOf(Voter.Moved.class);
        assertThat(read(journal).revision()).isZero();
    }

    @Test
    void readsKeptEventsInOrderAndWithoutReplacedOnes() {
        var journal = journal("replaced");
        var events = Events.chain(3);
        var other = Events.chainAfter(events.subList(0, 1), "another second", 1).getLast();
        claim(journal, FIRST);
        append(journal, 1, new VoterRecord.Event(FIRST, FIRST.term(), events.get(0)));
        append(journal, 2, new VoterRecord.Event(FIRST, FIRST.term(), events.get(1)));
        append(journal, 3, new VoterRecord.Event(FIRST, FIRST.term(), events.get(2)));
        append(journal, 4, new VoterRecord.Event(FIRST, FIRST.term(), other));

        assertThat(readEvents(journal, 1, 10)).containsExactly(events.get(0), other);
        assertThat(readEvents(journal, 2, 1)).containsExactly(other);
        assertThat(readEvents(journal, 3, 10)).isEmpty();
    }

    @Test
    void twoJournalsOfOneNameNeverStoreTwoRecordsAtOnePosition() {
        var one = journal("twice");
        claim(one, FIRST);
        var other = journal("twice");
        assertThat(read(other).position()).isEqualTo(1);
        var event = Events.chain(1).getFirst();
        append(one, 1, new VoterRecord.Event(FIRST, FIRST.term(), event));

        // It still believes that position 2 is free; the database knows better.
        TestProbe<Voter.Reply> probe = actors.createTestProbe();
        other.tell(new Voter.Append(1, new VoterRecord.Event(FIRST, FIRST.term(), event), probe.getRef()));
        probe.expectNoMessage();

        assertThat(read(other)).isEqualTo(read(one));
    }

    private static ActorRef<Voter.Command> journal(String environment) {
        return actors.spawn(ConfigJournal.create(environment, EmbeddedJournal.PLUGIN));
    }

    private static Voter.Reply claim(ActorRef<Voter.Command> journal, Writer writer) {
        TestProbe<Voter.Reply> probe = actors.createTestProbe();
        journal.tell(new Voter.Claim(writer, probe.getRef()));
        return probe.receiveMessage();
    }

    private static Voter.Reply append(ActorRef<Voter.Command> journal, long position, VoterRecord record) {
        TestProbe<Voter.Reply> probe = actors.createTestProbe();
        journal.tell(new Voter.Append(position, record, probe.getRef()));
        return probe.receiveMessage();
    }

    private static VoterState read(ActorRef<Voter.Command> journal) {
        TestProbe<Voter.Reply> probe = actors.createTestProbe();
        journal.tell(new Voter.Read(probe.getRef()));
        return probe.expectMessageClass(Voter.Holds.class, java.time.Duration.ofSeconds(15))
                .state();
    }

    private static List<ConfigEvent> readEvents(ActorRef<Voter.Command> journal, long from, int limit) {
        TestProbe<Voter.EventsReply> probe = actors.createTestProbe();
        journal.tell(new Voter.ReadEvents(from, limit, probe.getRef()));
        return probe.expectMessageClass(Voter.Events.class).events();
    }
}
