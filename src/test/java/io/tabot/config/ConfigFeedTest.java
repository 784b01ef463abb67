package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.market.Symbol;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFeedTest {
    private static final ActorTestKit actors = TestCluster.plain();
    private static final List<String> HOLDERS = List.of("embedded");
    private static final List<ConfigEvent> HISTORY = Events.chain(4);

    @TempDir
    Path folder;

    private final ConfigView view = new ConfigView();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestProbe<ConfigEntity.Command> entity = actors.createTestProbe();
    private final TestProbe<ConfigFeed.Push> subscriber = actors.createTestProbe();
    private final List<ActorRef<ConfigFeed.Command>> feeds = new ArrayList<>();
    private Duration staleAfter = Duration.ofMinutes(1);
    private Duration trustFileAfter = Duration.ofMinutes(1);

    /** A feed that still writes its file would be in the way of the folder's end. */
    @AfterEach
    void stopFeeds() {
        feeds.forEach(actors::stop);
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void asksTheEntityAndShowsWhatItAnswers() {
        var feed = feed();
        entity.expectMessageClass(ConfigEntity.GetState.class);
        assertThat(view.current()).isEmpty();

        feed.tell(new ConfigFeed.StateIs(state(2), 0, HOLDERS));

        var inForce = shown(2);
        assertThat(inForce.isStale()).isFalse();
        assertThat(inForce.source()).isEqualTo("embedded");
        assertThat(inForce.durability()).isEqualTo(HOLDERS);
    }

    @Test
    void takesOnlyTheEventThatFollowsAndAsksAfterAGap() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        entity.expectMessageClass(ConfigEntity.GetState.class);

        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));
        shown(2);
        entity.expectNoMessage(Duration.ofMillis(50));

        feed.tell(new ConfigFeed.Published(HISTORY.get(3), 0, HOLDERS));
        entity.expectMessageClass(ConfigEntity.GetState.class);
        assertThat(shown(2).state()).isEqualTo(state(2));
    }

    @Test
    void asksWhenAHeartbeatIsAheadOfIt() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        entity.expectMessageClass(ConfigEntity.GetState.class);

        feed.tell(new ConfigFeed.Heartbeat(2, HISTORY.get(1).hash(), HOLDERS));

        entity.expectMessageClass(ConfigEntity.GetState.class);
    }

    @Test
    void neverGoesBackToAnOlderRevision() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(3), 0, HOLDERS));
        shown(3);

        feed.tell(new ConfigFeed.StateIs(state(2), 0, HOLDERS));
        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));
        feed.tell(new ConfigFeed.Published(HISTORY.get(3), 0, HOLDERS));

        assertThat(shown(4).state()).isEqualTo(state(4));
    }

    @Test
    void goesBackForAPromotionAndRemembersWhichInTheFile() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(3), 0, HOLDERS));
        shown(3);

        feed.tell(new ConfigFeed.StateIs(state(2), 1, HOLDERS));
        var promoted = shown(2);
        feed.tell(new ConfigFeed.StateIs(state(3), 0, HOLDERS));
        var saved = TestCluster.eventually(
                () -> new LastStateFile(folder, "test").read(),
                file -> file.filter(last -> last.generation() == 1).isPresent());

        assertThat(promoted.state()).isEqualTo(state(2));
        assertThat(saved.orElseThrow().state()).isEqualTo(state(2));
        assertThat(shown(2).state()).isEqualTo(state(2));
    }

    @Test
    void servesAnAcknowledgedPartAsStaleUntilTheOwnerConfirmsMore() {
        var feed = feed();
        feed.tell(new ConfigFeed.AcknowledgedPart(state(2), 0, "mysql"));
        var part = shown(2);
        feed.tell(new ConfigFeed.AcknowledgedPart(state(3), 0, "mysql"));
        shown(3);
        assertThat(new LastStateFile(folder, "test").read()).isEmpty();

        feed.tell(new ConfigFeed.StateIs(state(3), 0, HOLDERS));
        var whole = TestCluster.eventually(() -> shown(3), inForce -> !inForce.isStale());

        assertThat(part.isStale()).isTrue();
        assertThat(part.source()).isEqualTo("mysql");
        assertThat(part.durability()).containsExactly("mysql");
        assertThat(whole.source()).isEqualTo("embedded");
        TestCluster.eventually(() -> new LastStateFile(folder, "test").read(), Optional::isPresent);
    }

    @Test
    void takesNoPartThatIsNotNewerOrOfAnEarlierGeneration() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(3), 1, HOLDERS));
        shown(3);

        feed.tell(new ConfigFeed.AcknowledgedPart(state(2), 2, "mysql"));
        feed.tell(new ConfigFeed.AcknowledgedPart(state(3), 2, "mysql"));
        feed.tell(new ConfigFeed.AcknowledgedPart(state(4), 0, "mysql"));
        feed.tell(new ConfigFeed.Heartbeat(3, state(3).headHash(), List.of("mongodb")));
        feed.tell(new ConfigFeed.Published(HISTORY.get(3), 1, List.of("mongodb")));

        var inForce = shown(4);
        assertThat(inForce.isStale()).isFalse();
        assertThat(inForce.source()).isEqualTo("mongodb");
    }

    @Test
    void pushesEveryStateAndKnowsWhenAllHaveAppliedIt() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        feed.tell(new ConfigFeed.Subscribe(subscriber.getRef(), "BTCUSDT"));
        assertThat(subscriber.receiveMessage().configs().revision()).isEqualTo(1);

        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));
        var push = subscriber.receiveMessage();

        assertThat(push.configs().revision()).isEqualTo(2);
        assertThat(shown(2).appliedRevision()).isEqualTo(1);
        push.replyTo().tell(new ConfigFeed.Applied(subscriber.getRef(), 2));
        TestCluster.eventually(() -> shown(2), inForce -> inForce.appliedRevision() == 2);
    }

    @Test
    void anActorThatIsGoneHoldsNothingUp() {
        var feed = feed();
        var other = actors.<ConfigFeed.Push>createTestProbe();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        feed.tell(new ConfigFeed.Subscribe(other.getRef(), "ETHUSDT"));
        other.receiveMessage();
        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));
        other.receiveMessage();

        other.stop();

        TestCluster.eventually(() -> shown(2), inForce -> inForce.appliedRevision() == 2);
    }

    @Test
    void countsActorsThatDoNotConfirmInTime() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        feed.tell(new ConfigFeed.Subscribe(subscriber.getRef(), "BTCUSDT"));
        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));

        TestCluster.eventually(
                () -> meters.counter("ta_bot_config_push_stragglers").count(), count -> count == 1);
    }

    @Test
    void leavesALateEventOfBeforeAPromotionAlone() {
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 1, HOLDERS));
        entity.expectMessageClass(ConfigEntity.GetState.class);

        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));
        feed.tell(new ConfigFeed.Heartbeat(1, HISTORY.getFirst().hash(), HOLDERS));

        var question = entity.expectMessageClass(ConfigEntity.GetState.class);
        assertThat(question.seenRevision()).isEqualTo(1);
        shown(1);
    }

    @Test
    void servesTheLastStateMarkedStaleWhenNothingElseAnswers() {
        saveState(3);

        var later = new ConfigView();
        feed(later);

        var inForce = TestCluster.eventually(later::current, current -> current.isPresent())
                .orElseThrow();
        assertThat(inForce.state()).isEqualTo(state(3));
        assertThat(inForce.isStale()).isTrue();
        assertThat(inForce.source()).isEqualTo(ConfigView.LAST_STATE);
    }

    @Test
    void judgesNoCandleByTheLastStateBeforeTheEntityHasSpoken() {
        saveState(2);

        var later = new ConfigView();
        var feed = feed(later);
        feed.tell(new ConfigFeed.Subscribe(subscriber.getRef(), "BTCUSDT"));
        subscriber.expectNoMessage(Duration.ofMillis(200));
        assertThat(later.isUsed()).isFalse();
        feed.tell(new ConfigFeed.StateIs(state(3), 0, HOLDERS));

        var push = subscriber.receiveMessage();
        assertThat(push.configs().of(new Symbol("BTCUSDT")).revision()).isEqualTo(3);
        assertThat(later.isUsed()).isTrue();
    }

    @Test
    void judgesByTheLastStateOnceItIsConfirmed() {
        saveState(2);

        var later = new ConfigView();
        var feed = feed(later);
        feed.tell(new ConfigFeed.Subscribe(subscriber.getRef(), "BTCUSDT"));
        feed.tell(new ConfigFeed.Heartbeat(2, HISTORY.get(1).hash(), HOLDERS));

        assertThat(nextRevision()).isEqualTo(2);
        assertThat(later.isUsed()).isTrue();
    }

    @Test
    void judgesByTheLastStateWhenTheEntityHasBeenSilentForLong() {
        saveState(2);

        trustFileAfter = Duration.ofMillis(100);
        var later = new ConfigView();
        feed(later).tell(new ConfigFeed.Subscribe(subscriber.getRef(), "BTCUSDT"));

        assertThat(nextRevision()).isEqualTo(2);
        assertThat(later.isUsed()).isTrue();
    }

    @Test
    void isStaleAfterSilenceAndFreshAgainAfterAHeartbeat() {
        staleAfter = Duration.ofMillis(200);
        var feed = feed();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        shown(1);

        TestCluster.eventually(() -> shown(1), ConfigView.InForce::isStale);
        feed.tell(new ConfigFeed.Heartbeat(1, HISTORY.getFirst().hash(), HOLDERS));

        TestCluster.eventually(() -> shown(1), inForce -> !inForce.isStale());
    }

    @Test
    void whoWaitsForARevisionIsToldWhenItIsShown() {
        var feed = feed();
        var reached = view.reached(2).toCompletableFuture();
        feed.tell(new ConfigFeed.StateIs(state(1), 0, HOLDERS));
        shown(1);
        assertThat(reached).isNotDone();

        feed.tell(new ConfigFeed.Published(HISTORY.get(1), 0, HOLDERS));

        assertThat(reached).succeedsWithin(Duration.ofSeconds(5));
        assertThat(view.reached(1)).isCompleted();
    }

    /** What an earlier run leaves in the folder. */
    private void saveState(int revision) {
        var first = feed();
        first.tell(new ConfigFeed.StateIs(state(revision), 0, HOLDERS));
        shown(revision);
        TestCluster.eventually(
                () -> new LastStateFile(folder, "test").read(),
                saved -> saved.filter(file -> file.state().revision() == revision)
                        .isPresent());
        actors.stop(first);
    }

    private ActorRef<ConfigFeed.Command> feed() {
        return feed(view);
    }

    private ActorRef<ConfigFeed.Command> feed(ConfigView shown) {
        var feed = actors.spawn(ConfigFeed.create(
                new ConfigFeed.Parts(
                        "test",
                        Events.CATALOG,
                        shown,
                        new LastStateFile(folder, "test"),
                        meters,
                        Clock.systemUTC(),
                        Duration.ofMillis(300),
                        staleAfter,
                        trustFileAfter,
                        Tracer.OFF),
                entity.getRef()));
        feeds.add(feed);
        return feed;
    }

    private ConfigView.InForce shown(long revision) {
        return TestCluster.eventually(
                        view::current,
                        current -> current.filter(inForce -> inForce.state().revision() == revision)
                                .isPresent())
                .orElseThrow();
    }

    /** That of the configuration which the subscriber is pushed next. */
    private long nextRevision() {
        return subscriber.receiveMessage().configs().of(new Symbol("BTCUSDT")).revision();
    }

    private static ConfigState state(int revision) {
        return ConfigState.replay("test", HISTORY.subList(0, revision)).withoutMemory();
    }
}
