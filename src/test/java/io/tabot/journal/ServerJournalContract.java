package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.tabot.config.ConfigEvent;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.testing.DatabaseServer;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a journal must do whose server can be killed, frozen and lost. Its server runs for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerJournalContract extends JournalContract {
    private final DatabaseServer server;
    private final JournalPlugin plugin;
    private final ActorTestKit actors;

    ServerJournalContract(DatabaseServer server, JournalPlugin plugin, Config config) {
        this.server = server;
        this.plugin = plugin;
        this.actors = TestCluster.withJournal(config);
    }

    @AfterAll
    void stop() {
        actors.shutdownTestKit();
        server.close();
    }

    @Override
    final ActorTestKit actors() {
        return actors;
    }

    @Override
    final JournalPlugin plugin() {
        return plugin;
    }

    @Test
    void hasEveryConfirmedRecordAfterItsServerWasKilled() {
        var journal = journal("killed");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(20));
        server.kill();
        server.start();

        assertThat(readEvents(journal("killed"), 1, 100)).isEqualTo(Events.chain(20));
        append(journal, FIRST, Events.chain(21).subList(20, 21));
    }

    @Test
    void findsItsServerByItselfThatWasAwayAtTheStart() {
        server.kill();
        var journal = journal("away");
        server.start();
        read(journal);
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(1));
        assertThat(readEvents(journal, 1, 1)).isEqualTo(Events.chain(1));
    }

    @Test
    void readsAgainWhatAFrozenServerMadeOfARecord() {
        var journal = journal("frozen");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(1));
        var unknown = Events.chain(2).getLast();
        server.pause();
        TestProbe<Voter.Reply> silent = actors().createTestProbe();
        journal.tell(new Voter.Append(2, new VoterRecord.Event(FIRST, FIRST.term(), unknown), silent.getRef()));
        assertThat(silent.receiveMessage(Duration.ofSeconds(10))).isInstanceOf(Voter.Failed.class);
        server.resume();

        assertThat(List.of(Events.chain(1), Events.chain(2))).contains(readEvents(journal, 1, 10));
        assertThat(read(journal).position()).isIn(2L, 3L);
    }

    @Test
    void isEmptyAfterItsServerLostEverything() {
        var journal = journal("lost");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(3));
        server.kill();
        server.empty();
        server.start();
        TestCluster.eventually(() -> read(journal("lost")), VoterState::isBlank);

        var again = journal("lost");
        claim(again, SECOND);
        append(again, SECOND, Events.chain(1));
        assertThat(readEvents(again, 1, 10)).isEqualTo(Events.chain(1));
    }

    /** The event that the journal really has at a revision, found without it. */
    abstract List<ConfigEvent> stored(String environment, long revision);

    @Test
    void storesEventsWhereToolsFindThem() {
        var journal = journal("tools");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(3));

        assertThat(stored("tools", 2)).containsExactly(Events.chain(2).getLast());
    }
}
