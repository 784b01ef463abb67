package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalJsonTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @Test
    void writesEveryFieldInTheOrderOfTheWire() {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("rsi", 55.0);
        metadata.put("surge", true);
        metadata.put("undefined", null);
        metadata.put("window", 250);
        metadata.put("config_revision", 3_000_000_000L);
        metadata.put("limits", Map.of("position_sizes", List.of(100, 200)));

        var text = SignalJson.text(signal(1960.0, 2100.0, metadata), Instant.parse("2026-02-03T04:05:06.120Z"));

        assertThat(text).isEqualTo("""
                        {"strategy_id":"range_break_pop","symbol":"ETHUSDT","action":"buy","confidence":0.68,\
                        "current_price":2000.0,"price":2001.5,"strategy_mode":"deterministic","strength":"strong",\
                        "quantity":0.0,"source":"ta_bot","strategy":"range_break_pop",\
                        "metadata":{"rsi":55.0,"surge":true,"undefined":null,"window":250,\
                        "config_revision":3000000000,"limits":{"position_sizes":[100,200]}},\
                        "timeframe":"1h","order_type":"stop_limit","time_in_force":"GTC","position_size_pct":null,\
                        "stop_loss":1960.0,"stop_loss_pct":null,"take_profit":2100.0,"take_profit_pct":null,\
                        "timestamp":"2026-02-03T04:05:06.120Z","recommended_leverage":null,\
                        "intent_id":"0123456789abcdef0123456789abcdef",\
                        "signal_id":"0123456789abcdef0123456789abcdef"}""");
    }

    @Test
    void leavesTheTimestampOutWhenThereIsNone() {
        assertThat(SignalJson.text(signal(null, null, Map.of()), null))
                .doesNotContain("timestamp")
                .contains("""
                        "metadata":{},""", """
                        "stop_loss":null,"stop_loss_pct":null,"take_profit":null,"take_profit_pct":null,\
                        "recommended_leverage":null""");
    }

    private static Signal signal(
            @Nullable Double stopLoss, @Nullable Double takeProfit, Map<String, @Nullable Object> metadata) {
        return new Signal(
                "range_break_pop",
                new Symbol("ETHUSDT"),
                Timeframe.ONE_HOUR,
                0,
                3_599_999,
                Action.BUY,
                0.68,
                2000.0,
                2001.5,
                Strength.STRONG,
                OrderType.STOP_LIMIT,
                stopLoss,
                takeProfit,
                metadata,
                ID);
    }
}
