package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigEvent.Change;
import io.tabot.config.Document;
import io.tabot.config.DocumentKey;
import io.tabot.config.HashChain;
import io.tabot.config.Kept;
import io.tabot.config.Reign;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** What every journal must do. A subclass names the journal and starts what it needs. */
abstract class JournalContract {
    static final Writer FIRST = new Writer(new Term(0, 1), "first");
    static final Writer SECOND = new Writer(new Term(0, 2), "second");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    abstract ActorTestKit actors();

    abstract JournalPlugin plugin();

    @Test
    void remembersWhatItStoredAfterARestart() {
        var journal = journal("restart");
        var event = Events.chain(1).getFirst();
        claim(journal, FIRST);
        var opened = append(
                journal, 1, new VoterRecord.TermOpened(FIRST, 0, VoterState.EMPTY.hash(), List.of(plugin().voter())));
        var stored = append(journal, 2, new VoterRecord.Event(FIRST, FIRST.term(), event));
        actors().stop(journal);

        var again = read(journal("restart"));

        assertThat(opened).isInstanceOf(Voter.Stored.class);
        assertThat(stored).isInstanceOf(Voter.Stored.class);
        assertThat(again)
                .isEqualTo(new VoterState(
                        3,
                        FIRST,
                        FIRST.term(),
                        Kept.NOTHING.with(event.hash(), FIRST.term(), 3),
                        new Reign(FIRST.term(), List.of(plugin().voter()), List.of(), null),
                        false));
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

        assertThat(reply).isEqualTo(new Voter.Fenced(plugin().voter(), SECOND));
        assertThat(claimed).isEqualTo(new Voter.Fenced(plugin().voter(), SECOND));
        assertThat(read(journal).position()).isEqualTo(1);
    }

    @Test
    void refusesAnotherWriterOfTheSameTerm() {
        var journal = journal("same-term");
        claim(journal, FIRST);

        var reply = claim(journal, new Writer(FIRST.term(), "somebody else"));

        assertThat(reply).isEqualTo(new Voter.Fenced(plugin().voter(), FIRST));
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
    void tellsWhatAPromotionMadeItGiveUp() {
        var promoted = new Writer(new Term(1, 1), "promoted");
        var promotion = new Reign.Promotion("p", List.of("other"), "ops-1", "the rest burned", Events.START);
        var events = Events.chain(4);
        var other = Events.chainAfter(events.subList(0, 1), "in its place", 1).getLast();
        var name = plugin().voter();
        var journal = journal("promoted");
        claim(journal, FIRST);
        append(journal, 1, new VoterRecord.TermOpened(FIRST, 0, VoterState.EMPTY.hash(), List.of(name)));
        for (var event : events) {
            append(journal, event.revision() + 1, new VoterRecord.Event(FIRST, FIRST.term(), event));
        }
        claim(journal, promoted);
        append(journal, 7, new VoterRecord.Event(promoted, promoted.term(), other));
        append(journal, 8, new VoterRecord.TermOpened(promoted, 2, other.hash(), List.of(name), List.of(), promotion));

        var before = promotions(journal, 2);
        actors().stop(journal);
        var after = promotions(journal("promoted"), 10);

        assertThat(before).containsExactly(new Voter.Known(1, promotion, 2L, events.subList(1, 3), 3));
        assertThat(after).containsExactly(new Voter.Known(1, promotion, 2L, events.subList(1, 4), 3));
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
    void tellsWhetherThereIsMoreThanAPage() {
        var journal = journal("pages");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(5));

        assertThat(page(journal, 1, 2)).isEqualTo(new Voter.Events(Events.chain(2), true));
        assertThat(page(journal, 3, 3))
                .isEqualTo(new Voter.Events(Events.chain(5).subList(2, 5), false));
    }

    @Test
    void givesAnEventBackAsItWas() {
        var journal = journal("values");
        var event = manyValues(HashChain.hash(manyValues("")));
        claim(journal, FIRST);
        append(journal, FIRST, List.of(event));

        assertThat(readEvents(journal, 1, 1)).containsExactly(event);
        actors().stop(journal);
        assertThat(read(journal("values")).hash()).isEqualTo(event.hash());
        assertThat(HashChain.verify(readEvents(journal("values"), 1, 1))).isEmpty();
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
        TestProbe<Voter.Reply> probe = actors().createTestProbe();
        other.tell(new Voter.Append(1, new VoterRecord.Event(FIRST, FIRST.term(), event), probe.getRef()));
        assertThat(probe.receiveMessage(PATIENCE)).isInstanceOf(Voter.Failed.class);

        assertThat(read(other)).isEqualTo(read(one));
    }

    private static ConfigEvent manyValues(String hash) {
        var fields =
                Map.<String, Object>of("min_confidence", 0.1 + 0.2, "max_confidence", 1.0, "max_positions", 1L << 53);
        var reason = "why: \"quotes\", a \\, 100 %, \u00e4\u00f6\u00fc, \u4e2d\u6587, \ud83d\ude80, $where, a.b";
        return new ConfigEvent(
                1,
                Events.START,
                "o'neil@host",
                "actor",
                Through.API,
                reason,
                new Idempotency("key", "fingerprint"),
                List.of(new Change(DocumentKey.APPLICATION, null, new Document(fields))),
                null,
                HashChain.GENESIS,
                hash);
    }

    final ActorRef<Voter.Command> journal(String environment) {
        return actors().spawn(ConfigJournal.create(environment, plugin()));
    }

    final Voter.Reply claim(ActorRef<Voter.Command> journal, Writer writer) {
        TestProbe<Voter.Reply> probe = actors().createTestProbe();
        journal.tell(new Voter.Claim(writer, probe.getRef()));
        return probe.receiveMessage(PATIENCE);
    }

    final Voter.Reply append(ActorRef<Voter.Command> journal, long position, VoterRecord record) {
        TestProbe<Voter.Reply> probe = actors().createTestProbe();
        journal.tell(new Voter.Append(position, record, probe.getRef()));
        return probe.receiveMessage(PATIENCE);
    }

    /** Appends these events, one after the other, behind whatever is there. */
    final void append(ActorRef<Voter.Command> journal, Writer writer, List<ConfigEvent> events) {
        for (var event : events) {
            var stored = append(journal, read(journal).position(), new VoterRecord.Event(writer, writer.term(), event));
            assertThat(stored).isInstanceOf(Voter.Stored.class);
        }
    }

    /** Asks until it answers: a question that comes while the journal fails is lost. */
    final VoterState read(ActorRef<Voter.Command> journal) {
        return TestCluster.eventually(() -> ask(journal), state -> true);
    }

    private VoterState ask(ActorRef<Voter.Command> journal) {
        TestProbe<Voter.Reply> probe = actors().createTestProbe();
        journal.tell(new Voter.Read(probe.getRef()));
        return probe.expectMessageClass(Voter.Holds.class, Duration.ofSeconds(3))
                .state();
    }

    final List<ConfigEvent> readEvents(ActorRef<Voter.Command> journal, long from, int limit) {
        return page(journal, from, limit).events();
    }

    private Voter.Events page(ActorRef<Voter.Command> journal, long from, int limit) {
        return TestCluster.eventually(() -> askPage(journal, from, limit), page -> true);
    }

    private Voter.Events askPage(ActorRef<Voter.Command> journal, long from, int limit) {
        TestProbe<Voter.EventsReply> probe = actors().createTestProbe();
        journal.tell(new Voter.ReadEvents(from, limit, probe.getRef()));
        return probe.expectMessageClass(Voter.Events.class, Duration.ofSeconds(3));
    }

    private List<Voter.Known> promotions(ActorRef<Voter.Command> journal, int limit) {
        TestProbe<Voter.PromotionsReply> probe = actors().createTestProbe();
        journal.tell(new Voter.ReadPromotions(limit, probe.getRef()));
        return probe.expectMessageClass(Voter.Promotions.class, PATIENCE).promotions();
    }
}
