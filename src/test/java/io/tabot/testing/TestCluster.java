package io.tabot.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tabot.journal.EmbeddedJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.awaitility.Awaitility;

/** Actor systems for tests, with the settings of the service and an embedded journal in a folder of the test's. */
public final class TestCluster {
    private TestCluster() {}

    /** A system with the service's own settings and no journal. */
    public static ActorTestKit plain() {
        return ActorTestKit.create(system());
    }

    /** A system whose embedded journal lies in the folder. */
    public static ActorTestKit withJournal(Path folder) {
        return withJournal(EmbeddedJournal.config(folder));
    }

    /** A system with what a journal needs. */
    public static ActorTestKit withJournal(Config journal) {
        return ActorTestKit.create(journal.withFallback(system()).resolve());
    }

    /** Asks again until the answer is right; an answer that fails an assertion is not. */
    public static <T> T eventually(Supplier<T> ask, Predicate<T> isRight) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(ask::get, isRight::test);
    }

    /** The service's intervals are those of a cluster that is spread over machines; a test waits for each of them. */
    private static Config system() {
        return ConfigFactory.parseString("""
                        pekko.loglevel = WARNING
                        pekko.cluster {
                          leader-actions-interval = 50ms
                          periodic-tasks-initial-delay = 20ms
                          gossip-interval = 50ms
                          seed-node-timeout = 300ms
                          retry-unsuccessful-join-after = 300ms
                        }
                        pekko.remote.artery.advanced.shutdown-flush-timeout = 100ms
                        """)
                .withFallback(ConfigFactory.parseResources("ta-bot-system.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }
}
