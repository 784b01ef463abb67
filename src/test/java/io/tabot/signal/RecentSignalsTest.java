package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals.Entry;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.strategy.Decision;
import io.tabot.testing.Signals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentSignalsTest {
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void givesTheNewestFirstAndForgetsTheOldest() {
        var signals = new RecentSignals(3);
        add(signals, BTC, 5);

        assertThat(numbers(signals.query(Filter.ANY, null, 10))).containsExactly(5L, 4L, 3L);
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEndedThoughSignalsComeIn() {
        var signals = new RecentSignals(100);
        add(signals, BTC, 5);
        var first = signals.query(Filter.ANY, null, 2);
        add(signals, BTC, 3);

        var second = signals.query(Filter.ANY, first.next(), 2);
        var third = signals.query(Filter.ANY, second.next(), 2);

        assertThat(numbers(first)).containsExactly(5L, 4L);
        assertThat(numbers(second)).containsExactly(3L, 2L);
        assertThat(numbers(third)).containsExactly(1L);
        assertThat(third.next()).isNull();
    }

    @Test
    void saysThatThereIsNoMoreWhenThePageIsJustFull() {
        var signals = new RecentSignals(100);
        add(signals, BTC, 2);

        assertThat(signals.query(Filter.ANY, null, 2).next()).isNull();
    }

    @Test
    void aFilterTakesAllOfItsPartsTogether() {
        var signals = new RecentSignals(100);
        add(signals, BTC, 2);
        add(signals, ETH, 3);

        assertThat(signals.query(new Filter(ETH, null, null, null), null, 10).entries())
                .hasSize(3);
        assertThat(signals.query(new Filter(ETH, "momentum_pulse", Timeframe.ONE_HOUR, Decision.Action.BUY), null, 10)
                        .entries())
                .hasSize(3);
        assertThat(signals.query(new Filter(ETH, null, null, Decision.Action.SELL), null, 10)
                        .entries())
                .isEmpty();
        assertThat(signals.query(new Filter(null, "other", null, null), null, 10)
                        .entries())
                .isEmpty();
        assertThat(signals.query(new Filter(null, null, Timeframe.ONE_DAY, null), null, 10)
                        .entries())
                .isEmpty();
    }

    @Test
    void losesNothingWhenManyThreadsAdd() throws InterruptedException {
        var signals = new RecentSignals(10_000);
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> add(signals, BTC, 1_000)));
        }
        for (var thread : threads) {
            thread.join();
        }

        var numbers = numbers(signals.query(Filter.ANY, null, 10_000));

        assertThat(numbers)
                .hasSize(8_000)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @Test
    void needsRoomForOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecentSignals(0));
    }

    private static void add(RecentSignals signals, Symbol symbol, int count) {
        for (var i = 0; i < count; i++) {
            signals.add(Publication.sent(Signals.buy("momentum_pulse", symbol, Timeframe.ONE_HOUR, i)), AT);
        }
    }

    private static List<Long> numbers(RecentSignals.Page page) {
        return page.entries().stream().map(Entry::number).toList();
    }
}
