package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.delete;
import static io.tabot.config.ConfigSamples.initialized;
import static io.tabot.config.ConfigSamples.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.market.Symbol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigStateTest {
    private static final DocumentKey GLOBAL = DocumentKey.strategy("trend_follower");

    @Test
    void runsNothingBeforeItIsConfigured() {
        var empty = ConfigState.empty("staging");

        assertThat(empty.application()).isEqualTo(AppConfig.UNCONFIGURED);
        assertThat(empty.effective(ConfigSamples.CATALOG, new Symbol("BTCUSDT")).strategies())
                .isEmpty();
    }

    @Test
    void beginsWithEveryStrategyOfTheCatalog() {
        var application = initialized().application();

        assertThat(application).isEqualTo(ConfigSamples.DEFAULTS);
        assertThat(application.enabledStrategies()).containsExactly("trend_follower", "rsi_reversal", "quiet_market");
        assertThat(application.positionSizes()).containsExactly(100, 200, 500, 1000);
    }

    @Test
    void refusesAnEventThatLeavesAGap() {
        var first = initialized();
        var second = accept(first, application("max_positions", 7));
        var third = accept(second.next(), application("max_positions", 8)).event();

        assertThatThrownBy(() -> first.apply(third)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goesOnCountingVersionsAfterADelete() {
        var created = accept(initialized(), parameters("trend_follower", null, Map.of("fast_period", 5)))
                .next();
        var deleted = accept(created, delete("trend_follower", null)).next();
        var again = accept(deleted, parameters("trend_follower", null, Map.of("fast_period", 6)))
                .next();

        assertThat(List.of(created.versionOf(GLOBAL), deleted.versionOf(GLOBAL), again.versionOf(GLOBAL)))
                .containsExactly(1L, 2L, 3L);
        assertThat(deleted.document(GLOBAL)).isEmpty();
        assertThat(deleted.revisionOf(GLOBAL)).isEqualTo(3);
        assertThat(again.document(GLOBAL)).map(StoredDocument::version).contains(3L);
    }

    @Test
    void knowsWhichEventSetEachField() {
        var first =
                accept(initialized(), parameters("trend_follower", null, Map.of("fast_period", 5, "slow_period", 50)));
        var second = accept(first.next(), parameters("trend_follower", null, Map.of("slow_period", 60)))
                .next();

        assertThat(second.document(GLOBAL).orElseThrow().fieldRevisions())
                .containsOnly(Map.entry("fast_period", 2L), Map.entry("slow_period", 3L));
    }

    @Test
    void keepsTheTimeOfCreation() {
        var created = accept(initialized(), parameters("trend_follower", null, Map.of("fast_period", 5)))
                .next();
        var later = ConfigSamples.NOW.plusSeconds(60);
        var command = parameters("trend_follower", null, Map.of("fast_period", 6));
        var updated = ((Outcome.Accept) ConfigSamples.RULES.decide(created, command, List.of(), later)).next();

        var stored = updated.document(GLOBAL).orElseThrow();
        assertThat(stored.createdAt()).isEqualTo(ConfigSamples.NOW);
        assertThat(stored.updatedAt()).isEqualTo(later);
    }

    @Test
    void forgetsTheOldestIdempotencyKeyFirst() {
        var state = initialized();
        for (var i = 0; i <= IdempotencyMemory.EVENTS_MAX; i++) {
            var edit = new DocumentEdit.UpdateApplication(Map.of("max_positions", 11 + i), Precondition.NONE);
            state = accept(state, new ConfigCommand.ChangeOne(edit, ConfigSamples.keyed("key-" + i, "x")))
                    .next();
        }

        assertThat(state.remembered().events()).hasSize(IdempotencyMemory.EVENTS_MAX);
        assertThat(state.remembered().find("key-0")).isEmpty();
        assertThat(state.remembered().find("key-1")).isPresent();
    }

    @Test
    void readsAnApplicationDocumentOlderThanAField() {
        var old = new java.util.HashMap<>(ConfigSamples.DEFAULTS.toDocument().fields());
        old.remove("paused");
        old.remove("rule_set");

        assertThat(AppConfig.from(new Document(old))).isEqualTo(ConfigSamples.DEFAULTS);
    }
}
