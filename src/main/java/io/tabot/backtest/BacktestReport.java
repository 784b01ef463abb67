package io.tabot.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * What a replay came to, for each strategy and for all of them with an equal share of the capital each. Follows from
 * the candles and the scenario alone.
 */
public record BacktestReport(
        Scenario scenario,
        CandleTable candles,
        List<StrategyReport> strategies,
        Criteria total,
        List<EquityCurve.Point> equity) {
    /** Points of an equity curve that are kept. */
    static final int POINTS_MAX = 1000;

    /** One strategy. */
    public record StrategyReport(Replay.Result result, Criteria criteria, List<EquityCurve.Point> equity) {
        public String id() {
            return result.definition().id();
        }
    }

    /** @throws IllegalArgumentException if there are no candles */
    public static BacktestReport of(Scenario scenario, CandleTable candles, List<Replay.Result> results) {
        if (candles.size() == 0) {
            throw new IllegalArgumentException("there is nothing to report on no candles");
        }
        var analysis = new Analysis(candles, scenario.timeframe(), scenario.costs());
        var mean = new EquityCurve.Mean(candles.size());
        var strategies = new ArrayList<StrategyReport>();
        for (var result : results) {
            var curve = EquityCurve.of(candles, result.trades(), scenario.costs());
            mean.add(curve);
            strategies.add(new StrategyReport(result, analysis.of(result.trades(), curve), curve.sampled(POINTS_MAX)));
        }
        var all = mean.curve();
        var trades = results.stream().map(Replay.Result::trades).toList();
        return new BacktestReport(
                scenario, candles, List.copyOf(strategies), analysis.ofAll(trades, all), all.sampled(POINTS_MAX));
    }
}
