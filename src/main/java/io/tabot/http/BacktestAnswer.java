package io.tabot.http;

import io.tabot.backtest.BacktestReport;
import io.tabot.backtest.BacktestReport.StrategyReport;
import io.tabot.backtest.Criteria;
import io.tabot.backtest.Skipped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a backtest: the fields of the Python bot, then ours.
 *
 * @param warnings why there may be fewer signals than expected
 * @param criteria null where there were no candles
 * @param skipped null where nothing ran
 */
record BacktestAnswer(
        String strategyId,
        String symbol,
        String period,
        String rangeFrom,
        String rangeTo,
        int candleCount,
        int signalCount,
        String schemaVersion,
        String source,
        boolean persisted,
        String ruleSet,
        Map<String, Object> parameters,
        double fee,
        double slippage,
        List<String> warnings,
        @Nullable Criteria criteria,
        @Nullable Skipped skipped) {
    /** Of the artifacts of the Python bot that the first fields are taken from. */
    private static final String SCHEMA_VERSION = "1.3.0";

    /** @param report nothing if there were no candles */
    static BacktestAnswer of(
            BacktestRequest request, BacktestConfig config, List<String> warnings, Optional<BacktestReport> report) {
        var result =
                report.flatMap(found -> found.strategies().stream().findFirst()).map(StrategyReport::result);
        return new BacktestAnswer(
                request.strategyId(),
                request.symbol().name(),
                request.timeframe().id(),
                request.from().toString(),
                request.to().toString(),
                report.map(found -> found.candles().size()).orElse(0),
                result.map(found -> found.decisions()).orElse(0),
                SCHEMA_VERSION,
                "backtest",
                false,
                config.config().ruleSet().id(),
                config.parameters().values(),
                request.costs().fee(),
                request.costs().slippage(),
                warnings,
                report.map(BacktestReport::total).orElse(null),
                result.map(found -> found.skipped()).orElse(null));
    }
}
