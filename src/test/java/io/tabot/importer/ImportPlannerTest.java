package io.tabot.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.HashChain;
import io.tabot.importer.ImportItem.Verdict;
import io.tabot.testing.Events;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What a history becomes that the Python bot has stored. */
class ImportPlannerTest {
    private static final String RSI = "rsi_extreme_reversal";
    private static final List<String> STRATEGIES = Events.CATALOG.strategies().stream()
            .map(strategy -> strategy.definition().id())
            .toList();

    @Test
    void makesASoundChainInOrderOfTime() {
        var events = plan(PythonBotSamples.data()).events();

        assertThat(HashChain.verify(events)).isEmpty();
        assertThat(events).extracting(ConfigEvent::at).isSorted();
        assertThat(events).extracting(ConfigEvent::through).containsOnly(Through.IMPORT);
        assertThat(ConfigState.replay("production", events).headHash())
                .isEqualTo(plan(PythonBotSamples.data()).state().headHash());
    }

    @Test
    void keepsTimesAuthorsAndReasons() {
        var events = plan(PythonBotSamples.data()).events();

        var first = events.getFirst();
        assertThat(first.at()).isEqualTo("2026-02-01T00:00:00.007Z");
        assertThat(first.changedBy()).isEqualTo("system_startup");
        assertThat(first.reason()).isEqualTo("first");
        assertThat(event(events, "65f100000000000000000002").at()).isEqualTo("2026-02-02T10:20:30.400Z");
        assertThat(event(events, "65f100000000000000000003").at()).isEqualTo("2026-02-03T10:00:00Z");
    }

    @Test
    void endsWithTheDocumentsInForce() {
        var state = plan(PythonBotSamples.data()).state();

        var application = state.application();
        assertThat(application.enabledStrategies()).containsExactly("doji_reversal", RSI);
        assertThat(application.symbols()).containsExactly("ETHUSDT");
        assertThat(application.maxPositions()).isEqualTo(7);
        assertThat(application.maxConfidence()).isEqualTo(0.9);
        assertThat(application.positionSizes()).containsExactly(50, 150);
        assertThat(fields(state, DocumentKey.strategy(RSI))).isEqualTo(Map.of("oversold_threshold", 22L));
        assertThat(fields(state, DocumentKey.strategy(RSI, "BTCUSDT"))).isEqualTo(Map.of("oversold_threshold", 20L));
        assertThat(state.documents().keySet())
                .containsExactly(
                        DocumentKey.APPLICATION, DocumentKey.strategy(RSI), DocumentKey.strategy(RSI, "BTCUSDT"));
    }

    @Test
    void bringsADocumentLevelThatItsAuditDoesNotExplain() {
        var plan = plan(PythonBotSamples.data());

        var item = item(plan, "65f000000000000000000001");
        var event = plan.events().get((int) item.revision() - 1);
        assertThat(item.verdict()).isEqualTo(Verdict.LEVELLED);
        assertThat(event.changedBy()).isEqualTo("ops-9");
        assertThat(event.at()).isEqualTo("2026-02-07T00:00:00.120Z");
    }

    @Test
    void givesADocumentWithoutAuditItsPlaceInTime() {
        var plan = plan(PythonBotSamples.data());

        var item = item(plan, "65f300000000000000000001");
        var event = plan.events().get((int) item.revision() - 1);
        assertThat(item.verdict()).isEqualTo(Verdict.TAKEN_OVER);
        assertThat(event.at()).isEqualTo("2026-02-03T01:00:00Z");
        assertThat(event.revision()).isLessThan(plan.events().size());
    }

    @Test
    void tellsWhyARowCouldNotBeTakenOverAndTakesNothingOfIt() {
        var plan = plan(PythonBotSamples.data());

        assertThat(item(plan, "65f100000000000000000004").notes()).anyMatch(note -> note.contains("NOTASYMBOL"));
        assertThat(item(plan, "65f100000000000000000005").notes()).containsExactly("does not say what anything became");
        assertThat(item(plan, "65f100000000000000000006").notes()).containsExactly("has no time that can be read");
        assertThat(item(plan, "65f400000000000000000006").notes()).anyMatch(note -> note.contains("no_such_strategy"));
        assertThat(item(plan, "65f400000000000000000007").notes()).containsExactly("Unknown parameter: nobody_knows");
        assertThat(plan.items().stream().filter(item -> item.verdict() == Verdict.REFUSED))
                .hasSize(5)
                .allMatch(item -> item.revision() == 0 && !item.isInForce());
        assertThat(plan.isComplete()).isTrue();
    }

    @Test
    void namesSomebodyWhereTheRowDoesNot() {
        var plan = plan(PythonBotSamples.data());

        assertThat(event(plan.events(), "65f100000000000000000003").changedBy()).isEqualTo("unknown");
        assertThat(item(plan, "65f100000000000000000003").notes()).containsExactly("names nobody: changed by unknown");
    }

    @Test
    void leavesOutWhatNobodySetAndWhatTheBotDidNotRead() {
        var plan = plan(PythonBotSamples.data());

        assertThat(item(plan, "65f000000000000000000002").verdict()).isEqualTo(Verdict.LEFT_OUT);
        assertThat(item(plan, "65f200000000000000000002").verdict()).isEqualTo(Verdict.LEFT_OUT);
    }

    @Test
    void takesAReplacedLayerForWholeAndADeletedOneForGone() {
        var events = plan(PythonBotSamples.data()).events();

        var replaced = event(events, "65f400000000000000000002");
        var deleted = event(events, "65f400000000000000000005");
        assertThat(replaced.changes().getFirst().after()).isEqualTo(document(Map.of("oversold_threshold", 22L)));
        assertThat(deleted.action()).isEqualTo(ConfigEvent.Action.DELETE);
        assertThat(deleted.changes().getFirst().before()).isEqualTo(document(Map.of("oversold_threshold", 21L)));
    }

    @Test
    void dropsUnknownParametersWhenToldToAndSaysSo() {
        var plan = ImportPlanner.plan(PythonBotSamples.data(), "production", Events.RULES, STRATEGIES, true);

        var item = item(plan, "65f400000000000000000007");
        assertThat(item.verdict()).isEqualTo(Verdict.TAKEN_OVER);
        assertThat(item.notes()).containsExactly("without parameters that do not exist here: nobody_knows");
        assertThat(event(plan.events(), "65f400000000000000000007")
                        .changes()
                        .getFirst()
                        .after())
                .isEqualTo(document(Map.of("oversold_threshold", 19L, "momentum_boost", 0.1)));
    }

    @Test
    void removesAnOverrideThatIsNoLongerInForce() {
        var plan = plan(PythonBotSamples.with(Map.of(PythonBotData.GLOBAL_PARAMETERS, List.of())));

        var last = plan.events().getLast();
        assertThat(plan.state().document(DocumentKey.strategy(RSI))).isEmpty();
        assertThat(last.changedBy()).isEqualTo("import");
        assertThat(last.action()).isEqualTo(ConfigEvent.Action.DELETE);
    }

    @Test
    void readsTheNestedShapeOfTheDataManager() {
        var nested = Document.parse("""
                {"_id": 7, "config_type": "application", "version": 3, "changed_by": "ops-7", "reason": "why",
                 "created_at": "2026-03-01T00:00:00", "updated_at": "2026-03-11T01:02:03.004000",
                 "parameters": {"enabled_strategies": [], "symbols": ["ETHUSDT"], "candle_periods": ["4h"],
                                "min_confidence": 0.5, "max_confidence": 0.8, "max_positions": 3,
                                "position_sizes": []}}""");
        var plan = plan(PythonBotSamples.only(Map.of(PythonBotData.APPLICATION, List.of(nested))));

        var application = plan.state().application();
        assertThat(plan.events()).hasSize(1);
        assertThat(plan.events().getFirst().at()).isEqualTo(Instant.parse("2026-03-11T01:02:03.004Z"));
        assertThat(plan.events().getFirst().reason()).isEqualTo("why");
        assertThat(application.enabledStrategies()).isEqualTo(STRATEGIES);
        assertThat(application.maxPositions()).isEqualTo(3);
        assertThat(application.positionSizes()).isEqualTo(AppConfig.UNCONFIGURED.positionSizes());
        assertThat(plan.items().getFirst().notes()).hasSize(3);
    }

    @Test
    void takesADocumentInForceOverThatHasNoTime() {
        var timeless = Document.parse("""
                {"_id": 1, "strategy_id": "rsi_extreme_reversal", "parameters": {"oversold_threshold": 22}}""");
        var plan = plan(PythonBotSamples.with(
                Map.of(PythonBotData.GLOBAL_PARAMETERS, List.of(timeless), PythonBotData.PARAMETERS_AUDIT, List.of())));

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.events().getLast().at()).isEqualTo("2026-02-07T00:00:00.120Z");
        assertThat(item(plan, "1").notes()).contains("has no time that can be read: put at the end");
        assertThat(fields(plan.state(), DocumentKey.strategy(RSI))).isEqualTo(Map.of("oversold_threshold", 22L));
    }

    @Test
    void isIncompleteWhenADocumentInForceIsRefused() {
        var bad = Document.parse("""
                {"_id": 1, "strategy_id": "momentum_pulse", "parameters": {"rsi_period": 14.5},
                 "updated_at": "2026-03-01T00:00:00"}""");
        var plan = plan(PythonBotSamples.with(Map.of(PythonBotData.GLOBAL_PARAMETERS, List.of(bad))));

        assertThat(plan.isComplete()).isFalse();
        assertThat(item(plan, "1").verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void refusesValuesThatNoJsonHas() {
        var bad = Document.parse("""
                {"_id": 1, "strategy_id": "momentum_pulse", "updated_at": {"$date": "2026-03-01T00:00:00Z"},
                 "parameters": {"rsi_period": {"$date": "2026-03-01T00:00:00Z"}}}""");
        var nan = Document.parse("""
                {"_id": 2, "changed_at": {"$date": "2026-03-01T00:00:00Z"}, "changed_by": "ops",
                 "new_config": {"min_confidence": {"$numberDouble": "NaN"}}}""");
        var plan = plan(PythonBotSamples.only(
                Map.of(PythonBotData.GLOBAL_PARAMETERS, List.of(bad), PythonBotData.APPLICATION_AUDIT, List.of(nan))));

        assertThat(plan.events()).isEmpty();
        assertThat(plan.items()).extracting(ImportItem::verdict).containsOnly(Verdict.REFUSED);
    }

    @Test
    void goesOnWithTheSameEventsWhenTheAuditHasGrown() {
        var before = plan(PythonBotSamples.only(Map.of(PythonBotData.APPLICATION_AUDIT, audit().subList(0, 2))))
                .events();
        var after = plan(PythonBotSamples.only(Map.of(PythonBotData.APPLICATION_AUDIT, audit())))
                .events();

        assertThat(after).hasSizeGreaterThan(before.size()).startsWith(before.toArray(ConfigEvent[]::new));
    }

    private static List<Document> audit() {
        return PythonBotSamples.documents().get(PythonBotData.APPLICATION_AUDIT).subList(1, 4);
    }

    private static ImportPlan plan(PythonBotData data) {
        return ImportPlanner.plan(data, "production", Events.RULES, STRATEGIES, false);
    }

    private static ImportItem item(ImportPlan plan, String id) {
        return plan.items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ConfigEvent event(List<ConfigEvent> events, String id) {
        return events.stream()
                .filter(event ->
                        event.idempotency() != null && event.idempotency().key().endsWith(":" + id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, ?> fields(ConfigState state, DocumentKey key) {
        return state.document(key).orElseThrow().value().fields();
    }

    private static io.tabot.config.Document document(Map<String, Object> fields) {
        return new io.tabot.config.Document(fields);
    }
}
