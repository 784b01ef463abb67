package io.tabot.config;

import static io.tabot.config.ConfigSamples.NOW;
import static io.tabot.config.ConfigSamples.OPS;
import static io.tabot.config.ConfigSamples.RULES;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.delete;
import static io.tabot.config.ConfigSamples.parameters;
import static io.tabot.config.ConfigSamples.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent.Restored;
import io.tabot.config.Outcome.Invalid;
import io.tabot.config.Outcome.Stale;
import io.tabot.config.Outcome.Unchanged;
import io.tabot.config.Outcome.Unknown;
import io.tabot.config.RollbackTarget.AuditItem;
import io.tabot.config.RollbackTarget.Previous;
import io.tabot.config.RollbackTarget.Revision;
import io.tabot.config.RollbackTarget.Time;
import io.tabot.config.RollbackTarget.Version;
import io.tabot.strategy.StrategyCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTest {
    private static final DocumentKey APPLICATION = DocumentKey.APPLICATION;
    private static final DocumentKey GLOBAL = DocumentKey.strategy("trend_follower");
    private static final DocumentKey OVERRIDE = DocumentKey.strategy("trend_follower", "BTCUSDT");

    private final List<ConfigEvent> events = new ArrayList<>();
    private ConfigState state = ConfigState.empty(ConfigSamples.ENVIRONMENT);

    /** Versions 1, 2, 3 with max_positions 1, 2, 3: one a minute. */
    RollbackTest() {
        var first = new WholeConfig(Map.of("max_positions", 1), Map.of());
        change(new ConfigCommand.Initialize(first, ConfigSamples.DEFAULTS, OPS));
        change(application("max_positions", 2));
        change(application("max_positions", 3));
    }

    @Test
    void previousGoesFurtherBackEachTimeUntilNothingIsLeft() {
        change(rollback(APPLICATION, new Previous()));
        assertThat(maxPositions()).isEqualTo(2);

        change(rollback(APPLICATION, new Previous()));
        assertThat(maxPositions()).isEqualTo(1);

        assertThat(decide(rollback(APPLICATION, new Previous())))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.message()).isEqualTo("No previous configuration found"));
        assertThat(state.versionOf(APPLICATION)).isEqualTo(5);
    }

    @Test
    void whatWasSetOnceTellsWhereItWasNot() {
        change(parameters("trend_follower", "BTCUSDT", Map.of("fast_period", 5)));

        assertThat(decide(rollback(OVERRIDE, new Previous())))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.suggestion()).startsWith("target_revision 3, "));
    }

    @Test
    void previousUndoesANewChangeAndThenGoesOnFromWhereItWas() {
        change(rollback(APPLICATION, new Previous()));
        change(application("max_positions", 6));

        change(rollback(APPLICATION, new Previous()));
        assertThat(maxPositions()).isEqualTo(2);

        change(rollback(APPLICATION, new Previous()));
        assertThat(maxPositions()).isEqualTo(1);
    }

    @Test
    void previousGoesOnFromWhatAnyRollbackRestored() {
        change(rollback(APPLICATION, new Version(1)));
        change(rollback(APPLICATION, new Version(3)));

        change(rollback(APPLICATION, new Previous()));

        assertThat(maxPositions()).isEqualTo(2);
    }

    @Test
    void goesBackToAVersionARevisionAnInstantOrAnAuditItem() {
        for (var target :
                List.of(new Version(1), new Revision(1), new Time(NOW.plusSeconds(59)), new AuditItem("staging-1"))) {
            var next = ((Outcome.Accept) decide(rollback(APPLICATION, target))).next();
            assertThat(next.application().maxPositions()).as("%s", target).isEqualTo(1);
        }
    }

    @Test
    void recordsWhatItRestoredInANewEvent() {
        change(rollback(APPLICATION, new Version(2)));

        var event = events.getLast();
        assertThat(event.revision()).isEqualTo(4);
        assertThat(event.action()).isEqualTo(ConfigEvent.Action.ROLLBACK);
        assertThat(event.restored()).isEqualTo(new Restored(APPLICATION, 2));
        assertThat(state.versionOf(APPLICATION)).isEqualTo(4);
    }

    @Test
    void countsVersionsByDocument() {
        change(parameters("trend_follower", null, Map.of("fast_period", 5)));
        change(application("max_positions", 4));
        change(parameters("trend_follower", null, Map.of("fast_period", 6)));

        change(rollback(GLOBAL, new Version(1)));

        assertThat(fields(GLOBAL)).isEqualTo(Map.of("fast_period", 5L));
        assertThat(maxPositions()).isEqualTo(4);
        assertThat(events.getLast().restored()).isEqualTo(new Restored(GLOBAL, 4));
    }

    @Test
    void knowsNoSuchTarget() {
        for (var target : List.of(
                new Version(77),
                new Revision(4),
                new Time(NOW.minusSeconds(1)),
                new AuditItem("staging-4"),
                new AuditItem("production-1"),
                new AuditItem("nonsense"))) {
            assertThat(decide(rollback(APPLICATION, target))).as("%s", target).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void refusesANumberBelowOne() {
        assertThat(decide(rollback(APPLICATION, new Version(0)))).isInstanceOf(Invalid.class);
        assertThat(decide(rollback(APPLICATION, new Revision(0)))).isInstanceOf(Invalid.class);
        assertThat(decide(rollback(null, new Version(1)))).isInstanceOf(Invalid.class);
    }

    @Test
    void knowsNoAuditItemOfAnotherDocument() {
        change(parameters("trend_follower", null, Map.of("fast_period", 5)));

        assertThat(decide(rollback(GLOBAL, new AuditItem("staging-1")))).isInstanceOf(Unknown.class);
    }

    @Test
    void knowsNoHistoryOfADocumentThatNeverWas() {
        assertThat(decide(rollback(GLOBAL, new Previous()))).isInstanceOf(Unknown.class);
    }

    @Test
    void changesNothingWhenItIsThereAlready() {
        assertThat(decide(rollback(APPLICATION, new Version(3)))).isEqualTo(new Unchanged(state));
    }

    @Test
    void takesAwayADocumentThatDidNotExistThen() {
        change(parameters("trend_follower", "BTCUSDT", Map.of("fast_period", 5)));

        change(rollback(OVERRIDE, new Revision(3)));

        assertThat(state.document(OVERRIDE)).isEmpty();
        assertThat(state.versionOf(OVERRIDE)).isEqualTo(2);
    }

    @Test
    void bringsBackADocumentThatWasDeleted() {
        change(parameters("trend_follower", "BTCUSDT", Map.of("fast_period", 5)));
        change(delete("trend_follower", "BTCUSDT"));

        change(rollback(OVERRIDE, new Previous()));

        assertThat(fields(OVERRIDE)).isEqualTo(Map.of("fast_period", 5L));
    }

    @Test
    void restoresAWholeEnvironmentAsOneEvent() {
        change(parameters("trend_follower", null, Map.of("fast_period", 5)));
        change(parameters("trend_follower", "BTCUSDT", Map.of("fast_period", 7)));
        change(parameters("trend_follower", null, Map.of("fast_period", 6)));
        change(application("max_positions", 9));

        change(rollback(null, new Revision(4)));

        assertThat(events.getLast().changes())
                .extracting(ConfigEvent.Change::document)
                .containsExactlyInAnyOrder(APPLICATION, GLOBAL, OVERRIDE);
        assertThat(fields(GLOBAL)).isEqualTo(Map.of("fast_period", 5L));
        assertThat(state.document(OVERRIDE)).isEmpty();
        assertThat(maxPositions()).isEqualTo(3);
    }

    @Test
    void previousOfAnEnvironmentTakesARollbackOfOneDocumentForAChange() {
        change(parameters("trend_follower", null, Map.of("fast_period", 5)));
        change(rollback(APPLICATION, new Version(1)));

        change(rollback(null, new Previous()));
        assertThat(maxPositions()).isEqualTo(3);
        assertThat(fields(GLOBAL)).isEqualTo(Map.of("fast_period", 5L));

        change(rollback(null, new Previous()));
        assertThat(state.document(GLOBAL)).isEmpty();
        assertThat(maxPositions()).isEqualTo(3);
    }

    @Test
    void previousOfADocumentSeesThroughARollbackOfTheEnvironment() {
        change(rollback(null, new Revision(2)));

        change(rollback(APPLICATION, new Previous()));

        assertThat(maxPositions()).isEqualTo(1);
    }

    @Test
    void refusesWhatTodaysRulesRefuse() {
        var today = new ConfigRules(new StrategyCatalog(List.of(ConfigSamples.TREND)), RuleSettings.DEFAULTS);

        var outcome = today.decide(state, rollback(APPLICATION, new Version(1)), events, NOW);

        assertThat(ConfigSamples.errors(outcome))
                .extracting(FieldError::code)
                .containsOnly(FieldError.Code.UNKNOWN_STRATEGY);
    }

    @Test
    void refusesToBreakAnOverride() {
        change(parameters("trend_follower", null, Map.of("slow_period", 40)));
        change(parameters("trend_follower", null, Map.of("slow_period", 90)));
        change(parameters("trend_follower", "BTCUSDT", Map.of("fast_period", 50)));

        assertThat(ConfigSamples.errors(decide(rollback(GLOBAL, new Previous()))))
                .extracting(FieldError::message)
                .allMatch(message -> message.contains("BTCUSDT"));
    }

    @Test
    void refusesAStaleRollback() {
        var onDocument = new ConfigCommand.Rollback(APPLICATION, new Previous(), Precondition.version(2), OPS);
        var onAll = new ConfigCommand.Rollback(null, new Previous(), Precondition.revision(2), OPS);

        assertThat(decide(onDocument)).isInstanceOf(Stale.class);
        assertThat(decide(onAll))
                .isInstanceOfSatisfying(
                        Stale.class,
                        stale -> assertThat(stale.wanted().documents()).hasSize(1));
    }

    @Test
    void neverTakesTheApplicationAway() {
        var fresh = ConfigState.empty("staging");
        var first = ConfigSamples.accept(fresh, parameters("quiet_market", null, Map.of("enabled", false)));
        var second = ConfigSamples.accept(
                first.next(), application(Map.of("symbols", List.of("BTCUSDT"), "candle_periods", List.of("4h"))));

        var outcome = RULES.decide(
                second.next(), rollback(null, new Revision(1)), List.of(first.event(), second.event()), NOW);

        assertThat(ConfigSamples.errors(outcome))
                .extracting(FieldError::field)
                .containsExactly("application.target_revision");
    }

    @Test
    void alwaysNeedsTheHistory() {
        assertThat(ConfigRules.needsHistory(rollback(null, new Previous()))).isTrue();
        assertThat(ConfigRules.needsHistory(application("paused", true))).isFalse();
    }

    private Outcome decide(ConfigCommand command) {
        return RULES.decide(state, command, List.copyOf(events), NOW.plusSeconds(60L * events.size()));
    }

    private void change(ConfigCommand command) {
        var outcome = decide(command);
        assertThat(outcome).isInstanceOf(Outcome.Accept.class);
        var accept = (Outcome.Accept) outcome;
        events.add(accept.event());
        state = accept.next();
    }

    private int maxPositions() {
        return state.application().maxPositions();
    }

    private Map<String, Object> fields(DocumentKey key) {
        return state.document(key).orElseThrow().value().fields();
    }
}
