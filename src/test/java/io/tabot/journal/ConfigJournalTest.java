package io.tabot.journal;

import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the journal that needs no server. */
class ConfigJournalTest extends JournalContract {
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

    @Override
    ActorTestKit actors() {
        return actors;
    }

    @Override
    JournalPlugin plugin() {
        return EmbeddedJournal.plugin(folder);
    }
}
