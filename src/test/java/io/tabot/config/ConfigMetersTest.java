package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.testing.Events;
import io.tabot.testing.MemoryVoter;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is measured where the owner of the configuration is. */
class ConfigMetersTest {
    private static final ActorTestKit actors = TestCluster.plain();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigView view = new ConfigView();
    private final ConfigMeters measured = new ConfigMeters(view, meters);

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void timesHowLongAChangeTakesToBeStored() {
        var entity = entity();

        TestCluster.eventually(() -> meters.get("ta_bot_config_store").timer().count(), count -> count == 1);
        var reply = actors.<ChangeReply>createTestProbe();
        entity.tell(new ConfigEntity.Change(Events.maxPositions(7, "one more"), false, reply.ref()));
        reply.receiveMessage();
        entity.tell(new ConfigEntity.Change(Events.maxPositions(8, "only looking"), true, reply.ref()));
        reply.receiveMessage();

        assertThat(meters.get("ta_bot_config_store").timer().count()).isEqualTo(2);
    }

    @Test
    void tellsOfABrokenHistoryUntilTheOwnerIsGone() {
        var entity = entity();
        TestCluster.eventually(() -> meters.get("ta_bot_config_store").timer().count(), count -> count == 1);
        assertThat(broken()).isZero();

        var feed = actors.<ConfigFeed.Command>createTestProbe();
        entity.tell(new ConfigEntity.GetState(feed.ref(), 0, 999, "f".repeat(64)));
        TestCluster.eventually(this::broken, broken -> broken == 1);
        entity.tell(new ConfigEntity.Stop());
        TestCluster.eventually(this::broken, broken -> broken == 0);
    }

    @Test
    void waitsForCandlesOfTheShortestTimeframeAndForNoneWhilePaused() {
        assertThat(interval()).isZero();
        show(List.of("4h", "15m", "1M"), false);
        assertThat(interval()).isEqualTo(900);
        show(List.of("4h", "15m"), true);
        assertThat(interval()).isZero();
        show(List.of(), false);
        assertThat(interval()).isZero();
    }

    private void show(List<String> periods, boolean paused) {
        var defaults = AppConfig.defaults(Events.CATALOG, List.of("BTCUSDT"), periods);
        var application = new AppConfig(
                defaults.enabledStrategies(),
                defaults.symbols(),
                periods,
                defaults.minConfidence(),
                defaults.maxConfidence(),
                defaults.maxPositions(),
                defaults.positionSizes(),
                defaults.ruleSet(),
                paused);
        view.show(new ConfigView.InForce(
                ConfigState.empty("test"), application, Set.of(), null, "embedded", List.of(), 0));
    }

    private double interval() {
        return meters.get("ta_bot_candle_interval").gauge().value();
    }

    private double broken() {
        return meters.get("ta_bot_config_history_broken").gauge().value();
    }

    private ActorRef<ConfigEntity.Command> entity() {
        return actors.spawn(ConfigEntity.create(new ConfigEntitySettings(
                "test",
                Events.RULES,
                Map.of("embedded", new MemoryVoter("embedded").behavior()),
                Optional.of(Events.first()),
                Clock.systemUTC(),
                () -> "writer",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                ConfigNotices.NONE,
                measured,
                Tracer.OFF)));
    }
}
