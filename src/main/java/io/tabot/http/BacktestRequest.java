package io.tabot.http;

import io.tabot.backtest.Costs;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backtest that is wanted. Its parameters are not judged yet.
 *
 * @param from open time of the first candle; {@code to} that of the last
 * @param warmup nothing is decided before so many candles are known
 * @param ruleSet the one in force if null
 */
record BacktestRequest(
        Strategy strategy,
        Symbol symbol,
        Timeframe timeframe,
        Instant from,
        Instant to,
        int warmup,
        int candlesMax,
        boolean persist,
        Map<String, @Nullable Object> overrides,
        @Nullable RuleSet ruleSet,
        Costs costs) {
    BacktestRequest {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    }

    String strategyId() {
        return strategy.definition().id();
    }
}
