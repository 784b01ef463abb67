package io.tabot.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent;
import io.tabot.config.DocumentKey;
import io.tabot.config.Lifecycle;
import io.tabot.importer.ImportItem.Verdict;
import io.tabot.testing.Events;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What becomes of the lives of strategies, and of what only the data manager holds. */
class ImportShapesTest {
    private static final String RSI = "rsi_extreme_reversal";
    private static final List<String> STRATEGIES = Events.CATALOG.strategies().stream()
            .map(strategy -> strategy.definition().id())
            .toList();

    @Test
    void takesStepsOfALifeOverWithTimeAuthorAndDecision() {
        var plan = plan(Map.of(
                PythonBotData.LIFECYCLE,
                List.of(
                        step(2, "registered", "backtested", "2026-02-02T00:00:00.5+00:00"),
                        step(1, null, "registered", "2026-02-01T00:00:00"))));

        var event = plan.events().getLast();
        assertThat(plan.events()).hasSize(2);
        assertThat(event.at()).isEqualTo("2026-02-02T00:00:00.500Z");
        assertThat(event.changedBy()).isEqualTo("ops-7");
        assertThat(event.changes())
                .extracting(ConfigEvent.Change::document)
                .containsExactly(DocumentKey.lifecycle(RSI));
        assertThat(life(plan)).isEqualTo(new Lifecycle("registered", "backtested", "decision-2", "why 2"));
        assertThat(plan.items()).extracting(ImportItem::verdict).containsOnly(Verdict.TAKEN_OVER);
        assertThat(plan.items()).extracting(ImportItem::isInForce).containsOnly(false);
    }

    @Test
    void refusesStepsThatTheTableDoesNotHaveAndGoesOn() {
        var plan = plan(Map.of(
                PythonBotData.LIFECYCLE,
                List.of(
                        step(1, null, "live_trial", "2026-02-01T00:00:00"),
                        step(2, null, "registered", "2026-02-02T00:00:00"),
                        step(3, "registered", "asleep", "2026-02-03T00:00:00"),
                        step(4, "registered", "retired", "some time"),
                        Document.parse("{'_id': 5, 'strategy_id': 'no_such', 'to_state': 'registered',"
                                + " 'transitioned_at': '2026-02-05T00:00:00', 'transitioned_by': 'ops-7'}"),
                        Document.parse("{'_id': 6, 'strategy_id': '" + RSI + "',"
                                + " 'transitioned_at': '2026-02-05T00:00:00', 'transitioned_by': 'ops-7'}"))));

        assertThat(life(plan).to()).isEqualTo("registered");
        assertThat(item(plan, "1").notes())
                .containsExactly("Invalid transition: None -> live_trial. Possible: registered");
        assertThat(item(plan, "3").notes()).anyMatch(note -> note.startsWith("Unknown lifecycle state"));
        assertThat(item(plan, "4").notes()).containsExactly("has no time that can be read");
        assertThat(item(plan, "5").notes()).anyMatch(note -> note.contains("no_such"));
        assertThat(item(plan, "6").notes()).containsExactly("does not say what anything became");
        assertThat(plan.isComplete()).isTrue();
    }

    @Test
    void leavesALifeAloneThatNoDocumentIsInForceOf() {
        var plan = plan(Map.of(
                PythonBotData.LIFECYCLE, List.of(step(1, null, "registered", "2026-02-01T00:00:00")),
                PythonBotData.GLOBAL_PARAMETERS, List.of(parameters(7, 22))));

        assertThat(plan.state().documents().keySet())
                .containsExactlyInAnyOrder(DocumentKey.lifecycle(RSI), DocumentKey.strategy(RSI));
    }

    @Test
    void takesParametersOverThatOnlyTheDataManagerHolds() {
        var plan = plan(Map.of(
                PythonBotData.MANAGED_PARAMETERS,
                List.of(
                        parameters(1, 22),
                        parameters(2, 20).append("symbol", "BTCUSDT").append("side", null)),
                PythonBotData.MANAGED_AUDIT,
                List.of(Document.parse("{'_id': 3, 'config_type': 'strategy', 'strategy_id': '" + RSI + "',"
                        + " 'action': 'UPDATE', 'old_parameters': {}, 'new_parameters': {'oversold_threshold': 25},"
                        + " 'changed_by': 'ana', 'changed_at': '2026-01-01T00:00:00', 'version': 1}"))));

        assertThat(plan.state()
                        .document(DocumentKey.strategy(RSI))
                        .orElseThrow()
                        .value()
                        .fields())
                .isEqualTo(Map.of("oversold_threshold", 22L));
        assertThat(plan.state().document(DocumentKey.strategy(RSI, "BTCUSDT"))).isPresent();
        assertThat(plan.events().getFirst().changedBy()).isEqualTo("ana");
        assertThat(plan.events().getLast().reason()).isEqualTo("calmer");
        assertThat(plan.isComplete()).isTrue();
    }

    @Test
    void leavesOutWhatIsForOneSideAndWhatTheBotHadItselfInAnotherForm() {
        var plan = plan(Map.of(
                PythonBotData.GLOBAL_PARAMETERS, List.of(parameters(1, 22)),
                PythonBotData.MANAGED_PARAMETERS,
                        List.of(parameters(2, 19), parameters(3, 18).append("side", "LONG"))));

        assertThat(plan.state()
                        .document(DocumentKey.strategy(RSI))
                        .orElseThrow()
                        .value()
                        .fields())
                .isEqualTo(Map.of("oversold_threshold", 22L));
        assertThat(item(plan, "2").verdict()).isEqualTo(Verdict.LEFT_OUT);
        assertThat(item(plan, "3").notes())
                .containsExactly("holds for the side LONG alone, and there are no sides here");
    }

    private static Document step(int id, String from, String to, String at) {
        return new Document("_id", id)
                .append("strategy_id", RSI)
                .append("from_state", from)
                .append("to_state", to)
                .append("transitioned_at", at)
                .append("transitioned_by", "ops-7")
                .append("decision_id", "decision-" + id)
                .append("reasoning_context", "why " + id);
    }

    private static Document parameters(int id, int threshold) {
        return new Document("_id", id)
                .append("strategy_id", RSI)
                .append("parameters", new Document("oversold_threshold", threshold))
                .append("version", 3)
                .append("updated_at", "2026-02-04T00:00:00")
                .append("changed_by", "ops-7")
                .append("reason", "calmer");
    }

    private static Lifecycle life(ImportPlan plan) {
        return Lifecycle.from(
                plan.state().document(DocumentKey.lifecycle(RSI)).orElseThrow().value());
    }

    private static ImportPlan plan(Map<String, List<Document>> collections) {
        return ImportPlanner.plan(PythonBotSamples.only(collections), "production", Events.RULES, STRATEGIES, false);
    }

    private static ImportItem item(ImportPlan plan, String id) {
        return plan.items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
