package io.tabot.signal;

import static io.tabot.signal.FakeStrategy.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.Limits;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.ShapedCandles;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalEngineTest {
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final CandleSeries CANDLES =
            ShapedCandles.of(60, i -> 100 + i % 2).view();
    private static final Decision BUY = decision(Action.BUY, 0.7, 100, 98.0, 105.0);

    private final SignalEngine engine = new SignalEngine("production");
    private final RecordedRejections rejections = new RecordedRejections();

    @Test
    void runsStrategiesInTheOrderOfTheConfiguration() {
        var signals = evaluate(config(0, 1, FakeStrategy.saying("b", BUY), FakeStrategy.saying("a", BUY)));

        assertThat(signals).extracting(Signal::strategyId).containsExactly("b", "a");
    }

    @Test
    void decidesAsItSignals() {
        var broken = FakeStrategy.of("broken", context -> {
            throw new IllegalStateException("a bug");
        });
        var config = config(
                0,
                0.75,
                FakeStrategy.saying("b", BUY),
                broken,
                FakeStrategy.saying("sure", decision(Action.BUY, 0.8, 100, 98.0, 105.0)),
                FakeStrategy.saying("a", decision(Action.SELL, 0.7, 100, null, null)));
        var signals = evaluate(config);
        var told = List.copyOf(rejections.lines);
        rejections.lines.clear();

        var decisions = new ArrayList<Object>();
        engine.decide(
                Timeframe.ONE_HOUR,
                CandleViews.of(CANDLES),
                config,
                rejections,
                (active, decision) -> decisions.add(List.of(
                        active.strategy().definition().id(),
                        decision.action(),
                        decision.price(),
                        decision.stopLoss())));

        assertThat(decisions)
                .isEqualTo(signals.stream()
                        .map(signal -> List.<Object>of(
                                signal.strategyId(), signal.action(), signal.price(), signal.stopLoss()))
                        .toList());
        assertThat(decisions).hasSize(2);
        assertThat(rejections.lines).isEqualTo(told).hasSize(2);
    }

    @Test
    void saysNothingWhilePausedOrWithoutCandles() {
        var running = config(0, 1, FakeStrategy.saying("a", BUY));
        var paused = new EffectiveConfig(1, RuleSet.PYTHON, true, 0, 1, running.limits(), running.strategies());
        var empty = new CandleWindow(1).newest(1);

        assertThat(evaluate(paused)).isEmpty();
        assertThat(engine.evaluate(SYMBOL, Timeframe.ONE_HOUR, CandleViews.of(empty), running, rejections))
                .isEmpty();
        engine.decide(Timeframe.ONE_HOUR, CandleViews.of(empty), running, rejections, (_, _) -> fail());
        engine.decide(Timeframe.ONE_HOUR, CandleViews.of(CANDLES), paused, rejections, (_, _) -> fail());
        assertThat(rejections.lines).isEmpty();
    }

    @Test
    void keepsTheOthersRunningWhenOneStrategyFails() {
        var broken = FakeStrategy.of("broken", context -> {
            throw new IllegalStateException("a bug");
        });

        var signals = evaluate(config(0, 1, FakeStrategy.saying("a", BUY), broken, FakeStrategy.saying("c", BUY)));

        assertThat(signals).extracting(Signal::strategyId).containsExactly("a", "c");
        assertThat(rejections.lines).containsExactly("broken failed: a bug");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.1, 1.0000001, Double.POSITIVE_INFINITY})
    void refusesAConfidenceThatIsNoShare(double confidence) {
        assertRejected(decision(Action.BUY, confidence, 100, 98.0, 105.0), "INVALID_CONFIDENCE");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY})
    void refusesAPriceThatIsNotPositive(double price) {
        assertRejected(decision(Action.HOLD, 0.7, price, 98.0, 105.0), "INVALID_PRICE");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY})
    void refusesATradeWhoseRiskIsNotPositive(double price) {
        assertRejected(decision(Action.BUY, 0.7, 100, price, 105.0), "INVALID_RISK");
        assertRejected(decision(Action.SELL, 0.7, 100, 105.0, price), "INVALID_RISK");
    }

    @Test
    void asksNoRiskOfAHoldAndLetsNoNanOut() {
        var hold = evaluate(config(0, 1, FakeStrategy.saying("a", decision(Action.HOLD, 0.7, 100, Double.NaN, 105.0))))
                .getFirst();

        assertThat(hold.stopLoss()).isNull();
        assertThat(hold.takeProfit()).isEqualTo(105.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0.7, 0.7, ",
        "0.7, 0.8, ",
        "0.6, 0.7, ",
        "0.7000001, 1, BELOW_CONFIDENCE",
        "0, 0.6999999, ABOVE_CONFIDENCE"
    })
    void keepsConfidencesWithinTheBoundsInclusively(double minimum, double maximum, String reason) {
        var signals = evaluate(config(minimum, maximum, FakeStrategy.saying("a", BUY)));

        assertThat(signals).hasSize(reason == null ? 1 : 0);
        assertThat(rejections.lines).isEqualTo(reason == null ? List.of() : List.of("a " + reason));
    }

    @Test
    void makesMetadataOnlyForWhatItSignals() {
        var explained = new ArrayList<Double>();
        var strategies = Stream.of(0.5, 0.7)
                .map(confidence -> FakeStrategy.of("sure " + confidence, context -> {
                    if (!context.metadata().with("own", 1).values().isEmpty()) {
                        explained.add(confidence);
                    }
                    return Optional.of(decision(Action.BUY, confidence, 100, 98.0, 105.0));
                }))
                .toArray(Strategy[]::new);

        assertThat(evaluate(config(0.6, 1, strategies))).hasSize(1);

        assertThat(explained).containsExactly(0.7);
    }

    @ParameterizedTest
    @CsvSource({"BUY, 1", "SELL, -1", "HOLD, -1", "CLOSE, -1"})
    void setsBothStopLossAndTakeProfitByTheAtrWhenOneIsMissing(Action action, int side) {
        var range = new double[1];
        var strategy = FakeStrategy.of("a", context -> {
            range[0] = context.atr(14)[context.newest()];
            return Optional.of(decision(action, 0.7, 100, 1.0, null));
        });

        var signal = evaluate(config(0, 1, strategy)).getFirst();

        var close = CANDLES.close(59);
        assertThat(signal.stopLoss()).isEqualTo(close * (1 - side * (2 * range[0] / close)));
        assertThat(signal.takeProfit()).isEqualTo(close * (1 + side * (3 * range[0] / close)));
        assertThat(signal.metadata())
                .containsEntry("stop_loss_calculated", true)
                .containsEntry("stop_loss", signal.stopLoss())
                .containsEntry("take_profit", signal.takeProfit());
        assertThat(signal.metadata().keySet())
                .startsWith("own", "stop_loss_calculated", "stop_loss", "take_profit", "open_time");
    }

    @Test
    void setsThemByFixedSharesWhileThereIsNoAtr() {
        var few = ShapedCandles.of(13, i -> 200).view();
        var config = config(0, 1, FakeStrategy.saying("a", decision(Action.BUY, 0.7, 200, null, null)));

        var signal = engine.evaluate(SYMBOL, Timeframe.ONE_HOUR, CandleViews.of(few), config, rejections)
                .getFirst();

        assertThat(signal.stopLoss()).isEqualTo(200 * 0.98);
        assertThat(signal.takeProfit()).isEqualTo(200 * 1.05);
    }

    @Test
    void givesTheLongWindowOnlyToStrategiesThatNeedIt() {
        var window = new CandleWindow(300);
        GeneratedCandles.all().forEach(window::insert);
        var config = config(
                0, 1, FakeStrategy.saying("a", BUY), FakeStrategy.needing(251, "b", context -> Optional.of(BUY)));

        var signals = engine.evaluate(
                SYMBOL,
                Timeframe.FIFTEEN_MINUTES,
                new CandleViews(window.newest(250), window.newest(300), HigherCandles.NONE),
                config,
                rejections);

        assertThat(signals)
                .extracting(signal -> signal.metadata().get("window"))
                .containsExactly(250, 300);
        assertThat(signals)
                .extracting(signal -> signal.metadata().get("window_hash"))
                .containsExactly(
                        SignalIdentity.windowHash(Timeframe.FIFTEEN_MINUTES, window.newest(250)),
                        SignalIdentity.windowHash(Timeframe.FIFTEEN_MINUTES, window.newest(300)));
    }

    @Test
    void givesTheSameSignalsOnEveryThread() {
        var candles = GeneratedCandles.all();
        var config = Configs.everything(RuleSet.PYTHON);
        var tasks = IntStream.range(0, 64)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    var view = Windows.of(candles.subList(i, 250 + i));
                    return engine.evaluate(
                            SYMBOL, Timeframe.FIFTEEN_MINUTES, CandleViews.of(view), config, Rejections.IGNORED);
                }))
                .toList();

        for (var i = 0; i < tasks.size(); i++) {
            var view = Windows.of(candles.subList(i, 250 + i));
            assertThat(tasks.get(i).join())
                    .isEqualTo(engine.evaluate(
                            SYMBOL, Timeframe.FIFTEEN_MINUTES, CandleViews.of(view), config, Rejections.IGNORED));
        }
    }

    private void assertRejected(Decision decision, String reason) {
        rejections.lines.clear();

        assertThat(evaluate(config(0, 1, FakeStrategy.saying("a", decision)))).isEmpty();

        assertThat(rejections.lines).containsExactly("a " + reason);
    }

    private List<Signal> evaluate(EffectiveConfig config) {
        return engine.evaluate(SYMBOL, Timeframe.ONE_HOUR, CandleViews.of(CANDLES), config, rejections);
    }

    private static EffectiveConfig config(double minimum, double maximum, Strategy... strategies) {
        var active = Stream.of(strategies).map(Configs::active).toList();
        return new EffectiveConfig(
                7, RuleSet.PYTHON, false, minimum, maximum, new Limits(10, List.of(100, 200)), active);
    }
}
