package io.tabot.backtest;

import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.Decision;
import io.tabot.strategy.StrategyDefinition;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Walks the live engine over candles and trades its decisions on paper, one account a strategy. The engine sees what it
 * sees in the service: windows of the newest candles, and none that came later.
 */
public final class Replay {
    private static final int PROGRESS_EVERY = 1024;

    /** What became of one strategy. */
    public record Result(ActiveStrategy strategy, int decisions, Skipped skipped, List<Trade> trades) {
        public Result {
            trades = List.copyOf(trades);
        }

        public StrategyDefinition definition() {
            return strategy.strategy().definition();
        }
    }

    private final SignalEngine engine;
    private final Scenario scenario;
    private final CandleTable candles;
    private final Rejections rejections;
    private final List<ActiveStrategy> strategies;
    private final List<PaperAccount> accounts;
    private int cursor;

    public Replay(SignalEngine engine, Scenario scenario, CandleTable candles, Rejections rejections) {
        this.engine = engine;
        this.scenario = scenario;
        this.candles = candles;
        this.rejections = rejections;
        this.strategies = scenario.config().strategies();
        this.accounts = Stream.generate(() -> new PaperAccount(scenario.costs()))
                .limit(strategies.size())
                .toList();
    }

    /**
     * To be called once.
     *
     * @param progress told now and then how many candles are done; what it throws ends the walk
     */
    public List<Result> run(IntConsumer progress) {
        var window = new CandleWindow(StrategyDefinition.LONG_WINDOW_CANDLES);
        var higher = new AggregatedCandles(scenario.timeframe(), scenario.higherTimeframes(), scenario.higher());
        var views = new CandleViews(
                window.newest(StrategyDefinition.WINDOW_CANDLES),
                window.newest(StrategyDefinition.LONG_WINDOW_CANDLES),
                higher);
        for (var candle : scenario.before()) {
            window.insert(candle);
            higher.add(candle);
        }
        BiConsumer<ActiveStrategy, Decision> decided = this::decided;
        for (var i = 0; i < candles.size(); i++) {
            if (i % PROGRESS_EVERY == 0) {
                progress.accept(i);
            }
            live(i);
            var candle = candles.candle(i);
            window.insert(candle);
            higher.add(candle);
            if (scenario.before().size() + i + 1 >= scenario.candlesMin()) {
                cursor = 0;
                engine.decide(scenario.timeframe(), views, scenario.config(), rejections, decided);
            }
        }
        progress.accept(candles.size());
        return results();
    }

    private void live(int candle) {
        var open = candles.open(candle);
        var high = candles.high(candle);
        var low = candles.low(candle);
        // By index: an iterator would be garbage on every candle.
        for (var i = 0; i < accounts.size(); i++) {
            accounts.get(i).candle(candle, open, high, low);
        }
    }

    /** Decisions come in the order of the strategies, so a search goes on where the last one ended. */
    private void decided(ActiveStrategy strategy, Decision decision) {
        while (strategies.get(cursor) != strategy) {
            cursor++;
        }
        accounts.get(cursor).decided(decision);
    }

    private List<Result> results() {
        var last = candles.size() - 1;
        if (last >= 0) {
            accounts.forEach(account -> account.end(last, candles.close(last)));
        }
        return Stream.iterate(0, i -> i < accounts.size(), i -> i + 1)
                .map(i -> result(strategies.get(i), accounts.get(i)))
                .toList();
    }

    private static Result result(ActiveStrategy strategy, PaperAccount account) {
        return new Result(strategy, account.decisions(), account.skipped(), account.trades());
    }
}
