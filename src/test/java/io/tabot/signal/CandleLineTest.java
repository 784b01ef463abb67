package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.HigherScratch;
import io.tabot.market.Timeframe;
import io.tabot.signal.SignalActor.Command;
import io.tabot.signal.SignalActor.Keep;
import io.tabot.signal.SignalActor.Observe;
import io.tabot.testing.TestCluster;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CandleLineTest {
    private static final ActorTestKit actors = TestCluster.plain();
    private static final Ticket ticket =
            new Ticket(0, actors.<Ticket>createTestProbe().ref());
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;

    private final TimeframeState state = new TimeframeState(BASE, new HigherScratch());
    private final CandleLine line = new CandleLine();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void leavesInTheOrderOfArrivalWhereNothingIsKnownOfAnotherOne() {
        var commands = List.of(observe(1, 0), keep(1), observe(2, 0), keep(2), observe(3, 0));
        commands.forEach(line::add);

        assertThat(line.leave(state)).isEqualTo(commands);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void putsCandlesThatWereOvertakenBeforeThoseThatOvertookThem() {
        List.of(observe(3, 13), observe(1, 11), observe(2, 12)).forEach(line::add);

        assertThat(line.leave(state)).containsExactly(observe(1, 11), observe(2, 12), observe(3, 13));
    }

    @Test
    void letsNothingElseRunAheadOfACandleThatCameBeforeIt() {
        List.of(observe(2, 12), keep(2), observe(1, 11), keep(1), observe(3, 13))
                .forEach(line::add);

        assertThat(line.leave(state)).containsExactly(observe(1, 11), observe(2, 12), keep(2), keep(1), observe(3, 13));
    }

    private static Command observe(int index, long sequence) {
        return new Observe(BASE, candle(index), false, sequence, ticket);
    }

    private static Command keep(int index) {
        return new Keep(Timeframe.ONE_HOUR, candle(index), ticket);
    }

    private static Candle candle(int index) {
        return new Candle(BASE.closeTime(0) * index, 1, 2, 1, 1, 1);
    }
}
