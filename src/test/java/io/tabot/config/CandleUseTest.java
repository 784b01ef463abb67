package io.tabot.config;

import static io.tabot.market.Timeframe.EIGHT_HOURS;
import static io.tabot.market.Timeframe.FIFTEEN_MINUTES;
import static io.tabot.market.Timeframe.FIVE_MINUTES;
import static io.tabot.market.Timeframe.FOUR_HOURS;
import static io.tabot.market.Timeframe.ONE_HOUR;
import static io.tabot.market.Timeframe.TWO_HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigView.CandleUse;
import io.tabot.config.ConfigView.InForce;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.Events;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which candles a node takes in, and for what. */
class CandleUseTest {
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final String READER = "multi_timeframe_trend_continuation";

    @Test
    void evaluatesWhatIsConfiguredAndNothingElse() {
        var inForce = inForce("python", List.of("15m"), List.of(READER));

        assertThat(inForce.useOf(BTCUSDT, FIFTEEN_MINUTES)).isEqualTo(CandleUse.EVALUATE);
        assertThat(inForce.useOf(BTCUSDT, FIVE_MINUTES)).isEqualTo(CandleUse.NONE);
        assertThat(inForce.useOf(BTCUSDT, ONE_HOUR)).isEqualTo(CandleUse.NONE);
        assertThat(inForce.useOf(new Symbol("DOGEUSDT"), FIFTEEN_MINUTES)).isEqualTo(CandleUse.NONE);
    }

    @Test
    void takesInWhatStrategiesOnALowerTimeframeLookAt() {
        var inForce = inForce("corrected", List.of("15m", "4h"), List.of(READER));

        assertThat(inForce.useOf(BTCUSDT, ONE_HOUR)).isEqualTo(CandleUse.READ_ALONG);
        assertThat(inForce.useOf(BTCUSDT, FOUR_HOURS)).isEqualTo(CandleUse.EVALUATE);
        assertThat(inForce.useOf(BTCUSDT, TWO_HOURS)).isEqualTo(CandleUse.NONE);
        assertThat(inForce.useOf(new Symbol("DOGEUSDT"), ONE_HOUR)).isEqualTo(CandleUse.NONE);
    }

    @Test
    void looksNowhereWithoutAStrategyThatDoesOrATimeframeThatItRunsOn() {
        assertThat(readAlong("corrected", List.of("15m", "30m"), List.of(READER)))
                .containsExactlyInAnyOrder(ONE_HOUR, FOUR_HOURS, TWO_HOURS, EIGHT_HOURS);
        assertThat(readAlong("corrected", List.of("15m", "30m"), List.of("momentum_pulse")))
                .isEmpty();
        assertThat(readAlong("corrected", List.of("5m", "1h"), List.of(READER))).isEmpty();
        assertThat(readAlong("python", List.of("15m", "30m"), List.of(READER))).isEmpty();
    }

    @Test
    void compilesForEachSymbolWhatItsStrategiesLookAt() {
        var rules = Events.RULES;
        var state = state("corrected", List.of("15m"), List.of(READER));
        var silenced = new ConfigCommand.ChangeOne(
                new DocumentEdit.UpdateParameters(READER, BTCUSDT.name(), Map.of("enabled", false), Precondition.NONE),
                Events.first().meta());
        state = ((Outcome.Accept) rules.decide(state, silenced, List.of(), Events.START)).next();
        var configs = new EffectiveConfigs(state, Events.CATALOG);

        assertThat(configs.of(BTCUSDT).higherTimeframes()).isEmpty();
        assertThat(configs.of(new Symbol("ETHUSDT")).higherTimeframes())
                .containsEntry(FIFTEEN_MINUTES, List.of(ONE_HOUR, FOUR_HOURS));
    }

    private static Iterable<Timeframe> readAlong(String ruleSet, List<String> periods, List<String> strategies) {
        return inForce(ruleSet, periods, strategies).readAlong();
    }

    private static InForce inForce(String ruleSet, List<String> periods, List<String> strategies) {
        var state = state(ruleSet, periods, strategies);
        var application = state.application();
        return new InForce(state, application, application.readAlong(Events.CATALOG), null, "test", List.of(), 1);
    }

    private static ConfigState state(String ruleSet, List<String> periods, List<String> strategies) {
        var first = Events.first();
        Map<String, Object> fields =
                Map.of("rule_set", ruleSet, "candle_periods", periods, "enabled_strategies", strategies);
        var command = new ConfigCommand.Initialize(new WholeConfig(fields, Map.of()), first.defaults(), first.meta());
        return ((Outcome.Accept) Events.RULES.decide(ConfigState.empty("test"), command, List.of(), Events.START))
                .next();
    }
}
