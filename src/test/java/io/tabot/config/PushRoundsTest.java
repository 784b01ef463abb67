package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.PushRounds.Use;
import io.tabot.testing.TestCluster;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushRoundsTest {
    private static final ActorTestKit actors = TestCluster.plain();

    private final PushRounds rounds = new PushRounds();
    private final ActorRef<ConfigFeed.Push> bitcoin =
            actors.<ConfigFeed.Push>createTestProbe().getRef();
    private final ActorRef<ConfigFeed.Push> ether =
            actors.<ConfigFeed.Push>createTestProbe().getRef();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @BeforeEach
    void subscribe() {
        rounds.subscribe(bitcoin, "BTCUSDT");
        rounds.subscribe(ether, "ETHUSDT");
    }

    @Test
    void aRoundEndsWhenAllHaveAnswered() {
        rounds.open(5);
        rounds.answered(bitcoin, 5);
        assertThat(rounds.close()).isEmpty();
        assertThat(rounds.settled(5)).isEmpty();
        assertThat(rounds.use(5)).isEqualTo(new Use(1, List.of("ETHUSDT")));

        rounds.answered(ether, 5);

        assertThat(rounds.close()).containsExactly(5L);
        assertThat(rounds.applied()).isEqualTo(5);
        assertThat(rounds.settled(5)).contains(new Use(2, List.of()));
        assertThat(rounds.settled(6)).isEmpty();
    }

    @Test
    void anAnswerToALaterRoundCountsForTheEarlierOnes() {
        rounds.open(5);
        rounds.open(6);
        rounds.answered(bitcoin, 5);
        rounds.answered(ether, 6);

        assertThat(rounds.close()).containsExactly(5L);
        assertThat(rounds.use(6)).isEqualTo(new Use(1, List.of("BTCUSDT")));
    }

    @Test
    void whoStartsWithinARoundBeginsWithItsStateAndHoldsItNotUp() {
        rounds.open(5);
        rounds.subscribe(actors.<ConfigFeed.Push>createTestProbe().getRef(), "BNBUSDT");
        rounds.answered(bitcoin, 5);
        rounds.gone(ether);

        assertThat(rounds.close()).containsExactly(5L);
        assertThat(rounds.use(5)).isEqualTo(new Use(2, List.of()));
    }

    @Test
    void theNewestRoundIsSettledWhenItsTimeIsUpAndNamesWhoIsMissing() {
        rounds.open(5);
        rounds.answered(bitcoin, 5);

        assertThat(rounds.timeOut(5)).isEqualTo(1);

        assertThat(rounds.settled(4)).contains(new Use(1, List.of("ETHUSDT")));
        assertThat(rounds.settled(5)).contains(new Use(1, List.of("ETHUSDT")));
        assertThat(rounds.settled(6)).isEmpty();
    }

    @Test
    void roundsWhoseTimeIsUpDoNotPileUp() {
        for (var revision = 1; revision <= 100; revision++) {
            rounds.open(revision);
            rounds.timeOut(revision);
        }

        assertThat(rounds.revisions()).containsExactly(100L);
        rounds.answered(bitcoin, 100);
        rounds.answered(ether, 100);
        assertThat(rounds.close()).containsExactly(100L);
    }
}
