package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.Outcome;
import io.tabot.config.RuleSettings;
import io.tabot.config.WholeConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Markdown;
import io.tabot.testing.Windows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The signal of docs/candles.md is one that really goes out, under the configuration of a first start. */
class DocumentedSignalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final int LAST = 516;

    @Test
    void isWhatTheEngineMakesOfRecordedCandles() throws JsonProcessingException {
        var window = Windows.of(Golden.candles("cb_btc_4h_2024"), LAST, 250);
        var documented = Markdown.of("docs/candles.md").messages().stream()
                .filter(message -> message.subject().equals("cio.intent.trading.momentum_pulse"))
                .findFirst()
                .orElseThrow();

        var signals = new SignalEngine("production")
                .evaluate(SYMBOL, Timeframe.FOUR_HOURS, CandleViews.of(window), firstStart(), Rejections.IGNORED);

        var text = SignalJson.text(signals.getFirst(), Instant.parse("2024-09-25T04:00:00.120Z"));
        assertThat(JSON.readTree(documented.json()).toPrettyString())
                .isEqualTo(JSON.readTree(text).toPrettyString());
    }

    private static EffectiveConfig firstStart() {
        var config = AppConfig.defaults(Configs.CATALOG, List.of(SYMBOL.name()), List.of("4h"));
        var first = new Initialize(
                new WholeConfig(config.toDocument().fields(), Map.of()),
                config,
                ChangeMeta.of("system_startup", ChangeMeta.Through.STARTUP, "first start"));
        var outcome = new ConfigRules(Configs.CATALOG, RuleSettings.DEFAULTS)
                .decide(ConfigState.empty("production"), first, List.of(), Instant.EPOCH);
        return ((Outcome.Accept) outcome).next().effective(Configs.CATALOG, SYMBOL);
    }
}
