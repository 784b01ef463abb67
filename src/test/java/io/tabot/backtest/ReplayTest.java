package io.tabot.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.Decision;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.RandomCandles;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Timeframe TIMEFRAME = Timeframe.FIFTEEN_MINUTES;
    private static final Costs COSTS = new Costs(0.001, 0.0005);
    private static final SignalEngine ENGINE = new SignalEngine("test");

    private record Rule(StrategyDefinition definition, Function<EvaluationContext, Optional<Decision>> rule)
            implements Strategy {
        @Override
        public Optional<Decision> evaluate(EvaluationContext context) {
            return rule.apply(context);
        }
    }

    @Test
    void strategiesSeeWhatTheySeeLive() {
        var seen = new ArrayList<List<Integer>>();
        var short_ = rule(1, context -> {
            seen.add(List.of(context.length(), (int) context.close(context.newest())));
            return Optional.empty();
        });
        var seenLong = new ArrayList<Integer>();
        var long_ = rule(265, context -> {
            seenLong.add(context.length());
            return Optional.empty();
        });

        replay(config(short_, long_), counting(310), List.of(), 1);

        assertThat(seen.get(0)).isEqualTo(List.of(1, 0));
        assertThat(seen.get(249)).isEqualTo(List.of(250, 249));
        assertThat(seen.get(309)).isEqualTo(List.of(250, 309));
        assertThat(seenLong.get(309)).isEqualTo(300);
    }

    @Test
    void candlesFromBeforeAreSeenAndNotTraded() {
        var seen = new ArrayList<Integer>();
        var always = rule(1, context -> {
            seen.add(context.length());
            return Optional.of(Decisions.buy(0.5, 1e9));
        });
        var candles = counting(10);
        var before = IntStream.range(0, 4).mapToObj(candles::candle).toList();
        var rest =
                CandleTable.of(IntStream.range(4, 10).mapToObj(candles::candle).toList());

        var result = replay(config(always), rest, before, 7).getFirst();

        assertThat(seen).containsExactly(7, 8, 9, 10);
        assertThat(result.decisions()).isEqualTo(4);
        assertThat(result.trades()).hasSize(1);
        assertThat(rest.close(result.trades().getFirst().entry())).isEqualTo(7);
    }

    @Test
    void higherTimeframesAreMadeOfTheSameCandles() {
        var seen = new ArrayList<Integer>();
        var rule = new Rule(definition(1, Map.of(TIMEFRAME, List.of(Timeframe.ONE_HOUR))), context -> {
            var hours = context.higher(Timeframe.ONE_HOUR);
            seen.add(hours == null ? -1 : (int) hours.close(hours.newest()));
            return Optional.empty();
        });
        var candles = counting(12);
        var rest =
                CandleTable.of(IntStream.range(2, 12).mapToObj(candles::candle).toList());

        replay(
                Configs.of(RuleSet.CORRECTED, List.of(Configs.active(rule))),
                rest,
                List.of(candles.candle(0), candles.candle(1)),
                1);

        // An hour is not known as long as the one before is missing.
        assertThat(seen).containsExactly(-1, -1, 3, 3, 3, 7, 7, 7, 7, 11);
    }

    @ParameterizedTest
    @EnumSource(RuleSet.class)
    void decidesAsTheLiveEngineDoes(RuleSet ruleSet) {
        var config = Configs.everything(ruleSet);
        var candles = golden("cb_btc_4h_2024");
        var expected = new HashMap<String, Integer>();
        var window = new CandleWindow(300);
        for (var i = 0; i < candles.size(); i++) {
            window.insert(candles.candle(i));
            var views = new CandleViews(window.newest(250), window.newest(300), HigherCandles.NONE);
            ENGINE.evaluate(SYMBOL, TIMEFRAME, views, config, Rejections.IGNORED)
                    .forEach(signal -> expected.merge(signal.strategyId(), 1, Integer::sum));
        }

        var results = replay(config, candles, List.of(), 1);

        var decisions = new HashMap<String, Integer>();
        results.stream()
                .filter(result -> result.decisions() > 0)
                .forEach(result -> decisions.put(result.definition().id(), result.decisions()));
        assertThat(decisions).isEqualTo(expected).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 451, 600})
    void nothingThatComesLaterChangesATrade(int length) {
        var whole = golden("cb_btc_4h_2024");
        var part = CandleTable.of(
                IntStream.range(0, length).mapToObj(whole::candle).toList());

        var all = replay(Configs.everything(RuleSet.CORRECTED), whole, List.of(), 1);
        var first = replay(Configs.everything(RuleSet.CORRECTED), part, List.of(), 1);

        for (var i = 0; i < all.size(); i++) {
            var closed = first.get(i).trades().stream()
                    .filter(trade -> trade.reason() != Trade.Exit.END)
                    .toList();
            assertThat(all.get(i).trades().subList(0, closed.size())).isEqualTo(closed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everyDecisionIsAccountedFor(long seed) {
        var walk = RandomCandles.walk(seed, 1_000);
        var candles = CandleTable.of(
                IntStream.range(0, 1_000).mapToObj(i -> Windows.candle(walk, i)).toList());

        for (var result : replay(Configs.everything(RuleSet.PYTHON), candles, List.of(), 1)) {
            var skipped = result.skipped();
            assertThat(result.decisions())
                    .as("seed %d, %s", seed, result.definition().id())
                    .isEqualTo(result.trades().size()
                            + skipped.hold()
                            + skipped.inPosition()
                            + skipped.notReached()
                            + skipped.passed()
                            + skipped.other());
            result.trades().forEach(trade -> assertFilled(trade, candles));
        }
    }

    @Test
    void tellsHowFarItIsAndEndsWhenToldTo() {
        var told = new ArrayList<Integer>();

        new Replay(ENGINE, scenario(config(), List.of(), 1), counting(2_500), Rejections.IGNORED).run(told::add);

        assertThat(told).containsExactly(0, 1024, 2048, 2500);
        var stopped = new Replay(ENGINE, scenario(config(), List.of(), 1), counting(2_500), Rejections.IGNORED);
        assertThatThrownBy(() -> stopped.run(done -> {
                    if (done > 0) {
                        throw new CancellationException("enough");
                    }
                }))
                .hasMessage("enough");
    }

    /** Between stop loss and take profit on the way in; the way out is at one of them, an open, or the last close. */
    private static void assertFilled(Trade trade, CandleTable candles) {
        var isLong = trade.side() == Side.LONG;
        assertThat(trade.entryPrice())
                .isBetween(
                        isLong ? trade.stopLoss() : trade.takeProfit(), isLong ? trade.takeProfit() : trade.stopLoss());
        var slip = isLong ? 1 - COSTS.slippage() : 1 + COSTS.slippage();
        var allowed = switch (trade.reason()) {
            case TAKE_PROFIT -> List.of(trade.takeProfit());
            case STOP_LOSS -> List.of(trade.stopLoss() * slip, candles.open(trade.exit()) * slip);
            case OPPOSITE, CLOSE -> List.of(candles.open(trade.exit()) * slip);
            case END -> List.of(candles.close(candles.size() - 1) * slip);
            case RUIN -> List.of(Side.SHORT.ruin(trade.entryPrice(), COSTS));
        };
        assertThat(allowed).contains(trade.exitPrice());
    }

    private static List<Replay.Result> replay(
            EffectiveConfig config, CandleTable candles, List<Candle> before, int candlesMin) {
        return new Replay(ENGINE, scenario(config, before, candlesMin), candles, Rejections.IGNORED).run(_ -> {});
    }

    private static Scenario scenario(EffectiveConfig config, List<Candle> before, int candlesMin) {
        return new Scenario(SYMBOL, TIMEFRAME, config, COSTS, before, Map.of(), candlesMin);
    }

    private static EffectiveConfig config(Strategy... strategies) {
        return Configs.of(
                RuleSet.PYTHON,
                List.of(strategies).stream().map(Configs::active).toList());
    }

    private static Strategy rule(int candlesMin, Function<EvaluationContext, Optional<Decision>> rule) {
        return new Rule(definition(candlesMin, Map.of()), rule);
    }

    private static StrategyDefinition definition(int candlesMin, Map<Timeframe, List<Timeframe>> higher) {
        return new StrategyDefinition(
                "rule_" + candlesMin,
                "rule",
                "says what a test wants",
                "Test",
                StrategyDefinition.Direction.BUY_AND_SELL,
                StrategyDefinition.ALL_TIMEFRAMES,
                candlesMin,
                new ParameterSchema(),
                higher);
    }

    /** Every price of a candle is its number. */
    private static CandleTable counting(int length) {
        return CandleTable.of(IntStream.range(0, length)
                .mapToObj(i -> new Candle(900_000L * i, i, i, i, i, 1))
                .toList());
    }

    private static CandleTable golden(String series) {
        var columns = Golden.candles(series);
        return CandleTable.of(IntStream.range(0, columns.length())
                .mapToObj(i -> Windows.candle(columns, i))
                .toList());
    }
}
