package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.initialized;
import static io.tabot.config.ConfigSamples.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigDiff.DocumentDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.ConfigEvent.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private final ConfigState first = initialized();

    @Test
    void showsListsAsWhatCameAndWhatWent() {
        var event = accept(first, application("symbols", List.of("ETHUSDT", "BNBBTC")))
                .event();

        assertThat(ConfigDiff.of(event).documents())
                .containsExactly(new DocumentDiff(
                        DocumentKey.APPLICATION,
                        Action.UPDATE,
                        List.of(new FieldDiff(
                                "symbols",
                                List.of("BTCUSDT", "ETHUSDT"),
                                List.of("ETHUSDT", "BNBBTC"),
                                List.of("BNBBTC"),
                                List.of("BTCUSDT")))));
    }

    @Test
    void showsThatOnlyTheOrderChanged() {
        var event = accept(first, application("symbols", List.of("ETHUSDT", "BTCUSDT")))
                .event();

        var field = ConfigDiff.of(event).documents().getFirst().fields().getFirst();
        assertThat(field.before()).isNotEqualTo(field.after());
        assertThat(field.added()).isEmpty();
        assertThat(field.removed()).isEmpty();
    }

    @Test
    void comparesAnyTwoStates() {
        var second = accept(first, parameters("trend_follower", null, Map.of("fast_period", 5)))
                .next();
        var third = accept(second, parameters("trend_follower", null, Map.of("fast_period", 6)))
                .next();

        assertThat(ConfigDiff.between(first, third).documents())
                .containsExactly(new DocumentDiff(
                        DocumentKey.strategy("trend_follower"),
                        Action.CREATE,
                        List.of(new FieldDiff("fast_period", null, 6L, List.of(), List.of()))));
        assertThat(ConfigDiff.between(third, first).documents().getFirst().action())
                .isEqualTo(Action.DELETE);
        assertThat(ConfigDiff.between(third, third)).isEqualTo(ConfigDiff.NONE);
    }
}
