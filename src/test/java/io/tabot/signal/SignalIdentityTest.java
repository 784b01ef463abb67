package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Windows;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignalIdentityTest {
    /** Computed with other tools. */
    @Test
    void derivesTheIntentIdAsDocumented() {
        assertThat(SignalIdentity.intentId("production", "momentum_pulse", "BTCUSDT", "15m", 1777885200000L))
                .isEqualTo("95727046e56adffcb1fbece506ac4b98");
    }

    /** Computed with other tools. */
    @Test
    void hashesOpenTimesAndValuesOfTheViewOnly() {
        var window = new CandleWindow(40);
        for (var i = -5; i < 35; i++) {
            window.insert(new Candle(60_000L * i, 100 + i, 101 + i, 99.5 + i, 100.25 + i, i * i));
        }

        assertThat(SignalIdentity.windowHash(Timeframe.ONE_MINUTE, window.newest(38)))
                .isEqualTo("9af278459e041926b09724aa405132912c87f637f4ddc27648d912c3b3ebfcbc");
    }

    @Test
    void hashesHigherTimeframesBehindTheWindowForStrategiesThatReadThem() {
        var view = Windows.of(List.of(new Candle(1777885200000L, 1, 2, 1, 2, 3)));
        var hours = Windows.of(List.of(new Candle(1777881600000L, 1, 2, 1, 1, 9)));
        var fourHours = Windows.of(List.of(new Candle(1777867200000L, 1, 3, 1, 1, 30)));
        var views = new CandleViews(view, view, (timeframe, _) -> timeframe == Timeframe.ONE_HOUR ? hours : fourHours);
        var catalog = List.of(
                Watcher.STRATEGY, FakeStrategy.saying("a", FakeStrategy.decision(Action.BUY, 0.7, 2, 1.0, 3.0)));
        var config = Configs.of(
                RuleSet.CORRECTED, catalog.stream().map(Configs::active).toList());

        var signals = new SignalEngine("staging")
                .evaluate(new Symbol("BTCUSDT"), Timeframe.FIFTEEN_MINUTES, views, config, Rejections.IGNORED);

        assertThat(signals)
                .extracting(signal -> signal.metadata().get("window_hash"))
                .containsExactly(
                        // Computed with other tools.
                        "22132f36242bc24c87bc08d92d759a97eaba6f8fcee5de5e584bc505b594de84",
                        SignalIdentity.windowHash(Timeframe.FIFTEEN_MINUTES, view));
    }

    @Test
    void stampsASignalWithWhatItWasDecidedOn() {
        var view = Windows.of(List.of(new Candle(1777885200000L, 1, 2, 1, 2, 3)));
        var decision = FakeStrategy.decision(Action.BUY, 0.7, 2, 1.0, 3.0);
        var config = Configs.only(FakeStrategy.saying("a", decision), RuleSet.CORRECTED, Map.of());

        var signal = new SignalEngine("staging")
                .evaluate(
                        new Symbol("BTCUSDT"),
                        Timeframe.FIFTEEN_MINUTES,
                        CandleViews.of(view),
                        config,
                        Rejections.IGNORED)
                .getFirst();

        assertThat(signal.intentId())
                .isEqualTo(SignalIdentity.intentId("staging", "a", "BTCUSDT", "15m", 1777885200000L));
        assertThat(signal.closeTime()).isEqualTo(1777886099999L);
        assertThat(signal.metadata().keySet()).containsExactlyElementsOf(names("own"));
        assertThat(signal.metadata())
                .containsEntry("open_time", "2026-05-04T09:00:00Z")
                .containsEntry("close_time", "2026-05-04T09:14:59.999Z")
                .containsEntry("window", 1)
                .containsEntry("window_hash", SignalIdentity.windowHash(Timeframe.FIFTEEN_MINUTES, view))
                .containsEntry("config_revision", 1L)
                .containsEntry("parameters_hash", "hash of a")
                .containsEntry("rule_set", "corrected")
                .containsEntry("limits", Map.of("max_positions", 10, "position_sizes", List.of(100, 200)));
    }

    @Test
    void noStrategyUsesTheMetadataNamesThatAreOurs() {
        var candles = GeneratedCandles.all();
        for (var ruleSet : RuleSet.values()) {
            var unstamped = Configs.everything(ruleSet).strategies();
            for (var last = 250; last < candles.size(); last += 2) {
                var view = Windows.of(candles.subList(last - 250, last));
                var context = new EvaluationContext();
                context.begin(CandleViews.of(view), Timeframe.FIFTEEN_MINUTES, ruleSet);
                for (var active : unstamped) {
                    context.use(active.strategy().definition(), active.parameters());
                    active.strategy()
                            .evaluate(context)
                            .ifPresent(decision -> assertThat(decision.metadata())
                                    .doesNotContainKeys(SignalStamp.NAMES.toArray(String[]::new)));
                }
            }
        }
    }

    private static List<String> names(String own) {
        return Stream.concat(Stream.of(own), SignalStamp.NAMES.stream()).toList();
    }
}
