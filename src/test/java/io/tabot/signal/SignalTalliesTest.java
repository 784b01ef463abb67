package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.ops.Metrics;
import io.tabot.strategy.Decision.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalTalliesTest {
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");

    private final SignalTallies tallies = new SignalTallies();

    @Test
    void tellsSignalsApartByStrategySymbolTimeframeAndAction() {
        add(BTC, Timeframe.ONE_HOUR, "one", Action.BUY);
        add(BTC, Timeframe.ONE_HOUR, "one", Action.BUY);
        add(BTC, Timeframe.ONE_HOUR, "one", Action.SELL);
        add(BTC, Timeframe.ONE_HOUR, "two", Action.BUY);
        add(BTC, Timeframe.FIVE_MINUTES, "one", Action.BUY);
        add(ETH, Timeframe.ONE_HOUR, "one", Action.BUY);

        assertThat(tallies.counts())
                .isEqualTo(Map.of(
                        List.of("one", "BTCUSDT", "1h", "buy"), 2L,
                        List.of("one", "BTCUSDT", "1h", "sell"), 1L,
                        List.of("two", "BTCUSDT", "1h", "buy"), 1L,
                        List.of("one", "BTCUSDT", "5m", "buy"), 1L,
                        List.of("one", "ETHUSDT", "1h", "buy"), 1L));
    }

    @Test
    void keepsItsCountsWhenMoreStrategiesFireThanThereWasRoomFor() {
        for (var strategy = 0; strategy < 100; strategy++) {
            add(BTC, Timeframe.ONE_HOUR, "strategy" + strategy, Action.CLOSE);
        }

        assertThat(tallies.counts())
                .hasSize(100)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
    }

    @Test
    void goesOnCountingForAnActorThatComesBack() {
        add(BTC, Timeframe.ONE_HOUR, "one", Action.BUY);

        assertThat(tallies.of(new Symbol("BTCUSDT"), Timeframe.ONE_HOUR)).isSameAs(tallies.of(BTC, Timeframe.ONE_HOUR));
    }

    @Test
    void showsWhatWasCountedAndNothingElse() {
        try (var metrics = new Metrics()) {
            metrics.count(SignalTallies.NAME, SignalTallies.DESCRIPTION, SignalTallies.LABELS, tallies::counts);
            assertThat(metrics.scrape()).doesNotContain("ta_bot_signals_generated_total{");

            add(BTC, Timeframe.ONE_HOUR, "one", Action.BUY);

            assertThat(metrics.scrape().lines().filter(line -> line.contains("ta_bot_signals_generated")))
                    .containsExactly(
                            "# HELP ta_bot_signals_generated_total Signals, sent or withheld",
                            "# TYPE ta_bot_signals_generated_total counter",
                            "ta_bot_signals_generated_total{action=\"buy\",strategy=\"one\",symbol=\"BTCUSDT\","
                                    + "timeframe=\"1h\"} 1.0");
        }
    }

    private void add(Symbol symbol, Timeframe timeframe, String strategyId, Action action) {
        tallies.of(symbol, timeframe).add(tallies.number(strategyId), action);
    }
}
