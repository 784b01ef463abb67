package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which cluster a node gets into, with real ones; the roll call is a function here. */
class ClusterEntryTest {
    /** Longer than a first seed node waits for the others before it begins a cluster. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(ClusterEntry.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean answers = new AtomicBoolean();
    private ActorTestKit kit;
    private ActorTestKit other;

    @BeforeEach
    void start() {
        lines.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(lines);
        kit = TestCluster.plain();
        other = TestCluster.plain();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        other.shutdownTestKit();
        LOG.detachAppender(lines);
        LOG.setLevel(null);
    }

    @Test
    void theFirstSeedNodeBeginsAClusterWhenNobodyAnswers() {
        enter(List.of(self(), nobody()), this::noAnswer);

        await().until(() -> isUp(kit));
        await().untilTrue(answers);
        assertThat(asked).hasValue(1);
    }

    @Test
    void theFirstSeedNodeBeginsNoneAsLongAsAnotherNodeSaysThatItIsInOne() {
        var isGone = new AtomicBoolean();
        enter(List.of(self(), nobody()), () -> isGone.get() ? noAnswer() : answer(nobody()));

        await().until(() -> asked.get() > 3);
        assertThat(cluster(kit).selfMember().status()).isEqualTo(MemberStatus.removed());
        assertThat(answers).isFalse();
        assertThat(lines.list).as("lines of the log, however often it asks").hasSize(1);

        isGone.set(true);
        await().until(() -> isUp(kit));
    }

    @Test
    void theFirstSeedNodeJoinsTheOneThatAnswersThoughThatIsNoSeedNode() {
        cluster(other).manager().tell(Join.create(address(other)));
        await().until(() -> isUp(other));

        enter(List.of(self()), () -> answer(address(other)));

        await().until(() -> isUp(kit));
        assertThat(cluster(kit).state().getMembers()).hasSize(2);
    }

    @Test
    void theFirstSeedNodeBeginsAClusterWhenItCannotAsk() {
        enter(List.of(self()), () -> {
            asked.incrementAndGet();
            return CompletableFuture.failedStage(new IllegalStateException("not connected"));
        });

        await().until(() -> isUp(kit));
    }

    @Test
    void theOtherSeedNodesWaitForTheFirstAndAskNobody() {
        enter(List.of(address(other), self()), this::noAnswer);
        cluster(other).manager().tell(Join.create(address(other)));

        await().until(() -> isUp(kit));
        assertThat(asked).hasValue(0);
        assertThat(cluster(kit).state().getMembers()).hasSize(2);
    }

    private void enter(List<Address> seeds, Supplier<CompletionStage<Optional<Address>>> another) {
        kit.spawn(ClusterEntry.create(new ClusterEntry.Parts(seeds, another, () -> answers.set(true), ASK_AGAIN)));
    }

    private CompletionStage<Optional<Address>> noAnswer() {
        asked.incrementAndGet();
        return CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Optional<Address>> answer(Address node) {
        asked.incrementAndGet();
        return CompletableFuture.completedStage(Optional.of(node));
    }

    private Address self() {
        return address(kit);
    }

    /** Where nobody listens. */
    private Address nobody() {
        return AddressFromURIString.parse("pekko://" + kit.system().name() + "@127.0.0.1:1");
    }

    private static Address address(ActorTestKit kit) {
        return cluster(kit).selfMember().address();
    }

    private static boolean isUp(ActorTestKit kit) {
        return cluster(kit).selfMember().status().equals(MemberStatus.up());
    }

    private static Cluster cluster(ActorTestKit kit) {
        return Cluster.get(kit.system());
    }
}
