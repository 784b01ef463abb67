package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of several documents, and the way back for all of them. Each test starts at revision 1. */
class EnvironmentChangesTest {
    private static final String CHANGES = "/api/v1/config/changes";
    private static final String ROLLBACK = "/api/v1/config/rollback";
    private static final String RSI = "strategy/rsi_extreme_reversal";

    /** Three documents; the last one is in the way of nothing. */
    private static final String THREE = "'changes': [{'document': 'application', 'max_positions': 7},"
            + " {'document': '" + RSI + "', 'parameters': {'rsi_period': 6}},"
            + " {'document': '" + RSI + "/ETHUSDT', 'parameters': {'rsi_period': 9}}], 'changed_by': 'ops'";

    @TempDir
    Path folder;

    private RunningApi api;
    private Client client;

    @BeforeEach
    void start() {
        api = RunningApi.start(folder);
        client = api.client();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void changesSeveralDocumentsAsOneEvent() {
        var reply = client.post(CHANGES, "{" + THREE + ", 'reason': 'calmer'}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.at("/metadata/revision").asInt()).isEqualTo(2);
        assertThat(reply.header("ETag")).contains("\"2\"");
        assertThat(texts(reply.at("/data/documents"), "document"))
                .containsExactly("application", RSI, RSI + "/ETHUSDT");
        assertThat(texts(reply.at("/data/documents"), "revision")).containsOnly("2");
        assertThat(reply.at("/data/documents/2/value/rsi_period").asInt()).isEqualTo(9);
        assertThat(reply.at("/metadata/diff")).hasSize(3);
        assertThat(audited("revision")).containsExactly("2", "2", "2", "1");
        assertThat(audited("reason")).startsWith("calmer", "calmer", "calmer");
    }

    @Test
    void changesNothingWhereOnePartIsWrongAndNamesEachErrorByItsPart() {
        var reply = client.post(
                CHANGES,
                "{'changes': [{'document': 'application', 'max_positions': 7},"
                        + " {'document': 'application', 'max_positions': 8},"
                        + " {'document': '" + RSI + "', 'parameters': {'rsi_perod': 6}},"
                        + " {'document': 'strategy/rsi_extreme_reversl/ETHUSDT', 'parameters': {'rsi_period': 6}},"
                        + " {'document': '" + RSI + "/ethusdt', 'parameters': {'rsi_period': 6}},"
                        + " {'document': '" + RSI + "/BTCUSDT', 'delete': true},"
                        + " {'document': 'lifecycle/momentum_pulse', 'to_state': 'graduated'}],"
                        + " 'changed_by': 'ops'}");

        assertThat(reply.status()).isEqualTo(422);
        var errors = reply.at("/error/details/errors");
        assertThat(texts(errors, "field"))
                .containsExactly(
                        "changes[1]",
                        "changes[2].rsi_perod",
                        "changes[3].document",
                        "changes[4].document",
                        "changes[5].document",
                        "changes[6].to_state");
        assertThat(errors.at("/1/suggested_value").asText()).isEqualTo("rsi_period");
        assertThat(errors.at("/2/suggested_value").asText()).isEqualTo(RSI + "/ETHUSDT");
        assertThat(errors.at("/3/suggested_value").asText()).isEqualTo(RSI + "/ETHUSDT");
        assertThat(errors.at("/4/code").asText()).isEqualTo("UNKNOWN_DOCUMENT");
        assertThat(audited("revision")).containsExactly("1");
    }

    @Test
    void tellsWhatTheRulesFindTogetherWithWhatCannotBeRead() {
        var reply = client.post(
                CHANGES,
                "{'changes': [7, {'document': 'nothing'}, {'document': 'application', 'max_position': 1},"
                        + " {'document': '" + RSI + "', 'parameters': {}, 'delete': true},"
                        + " {'document': 'application', 'max_positions': 0},"
                        + " {'document': 'application', 'max_positions': 5}], 'changed_by': 'ops'}");

        var errors = reply.at("/error/details/errors");
        assertThat(texts(errors, "field"))
                .containsExactly(
                        "changes[0]",
                        "changes[1].document",
                        "changes[2].max_position",
                        "changes[3].delete",
                        "changes[4].max_positions",
                        "changes[5]");
        assertThat(errors.at("/5/message").asText()).startsWith("changes[5] changes a document a second time");
    }

    @Test
    void namesARuleBetweenParametersByThePartThatBreaksIt() {
        var reply = client.post(
                CHANGES,
                "{'changes': [{'document': 'application', 'max_positions': 7}, {'document': '" + RSI
                        + "', 'parameters': {'extreme_threshold': 40, 'oversold_threshold': 20}}],"
                        + " 'changed_by': 'ops'}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.at("/error/field").asText()).startsWith("changes[1].");
    }

    @Test
    void refusesAListThatIsNone() {
        assertThat(client.post(CHANGES, "{'changes': [], 'changed_by': 'ops'}")
                        .at("/error/field")
                        .asText())
                .isEqualTo("changes");
        assertThat(client.post(CHANGES, "{'changes': {}, 'changed_by': 'ops'}").status())
                .isEqualTo(422);
        assertThat(client.post(CHANGES, "{'changed_by': 'ops'}")
                        .at("/error/message")
                        .asText())
                .isEqualTo("changes is required");
    }

    @Test
    void aDryRunShowsWhatWouldBeAndSavesNothing() {
        var reply = client.post(CHANGES, "{" + THREE + ", 'validate_only': true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/diff")).hasSize(3);
        assertThat(reply.at("/metadata/changes_applied").asBoolean()).isFalse();
        assertThat(reply.at("/data/documents/0/value/max_positions").asInt()).isEqualTo(7);
        assertThat(audited("revision")).containsExactly("1");
    }

    @Test
    void expectsOfTheEnvironmentThatNothingWasConfiguredSince() {
        client.post(
                "/api/v1/strategies/momentum_pulse/lifecycle/transition",
                "{'to_state': 'registered', 'transitioned_by': 'ops'}");
        var tag = client.get("/api/v1/config").header("ETag").orElseThrow();

        var first = client.post(CHANGES, "{" + THREE + "}", "If-Match", tag);
        var second = client.post(CHANGES, "{" + THREE + "}", "If-Match", tag);
        var inBody = client.post(ROLLBACK, "{'changed_by': 'ops', 'expected_revision': 1}");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.at("/error/details/current/documents")).hasSize(3);
        assertThat(inBody.status()).isEqualTo(409);
        assertThat(inBody.at("/error/code").asText()).isEqualTo("STALE");
    }

    @Test
    void expectsOfADocumentWhatItsPartSays() {
        var part = "{'changes': [{'document': '" + RSI + "', 'parameters': {'rsi_period': 6}, 'expected_version': ";

        assertThat(client.post(CHANGES, part + "1}], 'changed_by': 'ops'}").status())
                .isEqualTo(409);
        assertThat(client.post(CHANGES, part + "0}], 'changed_by': 'ops'}").status())
                .isEqualTo(200);
    }

    @Test
    void aRepetitionGetsTheFirstAnswerWhateverCameAfter() {
        var first = client.post(CHANGES, "{" + THREE + "}", "Idempotency-Key", "k");
        client.post(CHANGES, "{'changes': [{'document': 'application', 'max_positions': 8}], 'changed_by': 'ops'}");

        var again = client.post(CHANGES, "{" + THREE + "}", "Idempotency-Key", "k");
        var other = client.post(CHANGES, "{" + THREE + ", 'reason': 'x'}", "Idempotency-Key", "k");

        assertThat(again.at("/data")).isEqualTo(first.at("/data"));
        assertThat(again.at("/metadata/repeated").asBoolean()).isTrue();
        assertThat(other.at("/error/code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(audited("revision")).startsWith("3", "2");
    }

    @Test
    void bringsEverythingBackAsOneEventAndLeavesLivesAlone() {
        client.post(CHANGES, "{" + THREE + "}");
        client.post(
                "/api/v1/strategies/momentum_pulse/lifecycle/transition",
                "{'to_state': 'registered', 'transitioned_by': 'ops'}");

        var seen = client.post(ROLLBACK, "{'target_revision': 1, 'changed_by': 'ops', 'validate_only': true}");
        var back = client.post(ROLLBACK, "{'target_revision': 1, 'changed_by': 'ops', 'reason': 'undo last night'}");

        assertThat(seen.at("/metadata/diff")).isEqualTo(back.at("/metadata/diff"));
        assertThat(back.status()).as(back.text()).isEqualTo(200);
        assertThat(back.at("/metadata/restored_revision").asInt()).isEqualTo(1);
        assertThat(back.at("/metadata/revision").asInt()).isEqualTo(4);
        assertThat(texts(back.at("/data/documents"), "document")).containsExactly("application", RSI, RSI + "/ETHUSDT");
        assertThat(back.at("/data/documents/1/value").isNull()).isTrue();
        assertThat(client.get("/api/v1/config?revision=1").at("/data"))
                .isEqualTo(client.get("/api/v1/config").at("/data"));
        assertThat(client.get("/api/v1/strategies/momentum_pulse/lifecycle")
                        .at("/data/current_state")
                        .asText())
                .isEqualTo("registered");
        assertThat(audited("action")).startsWith("ROLLBACK", "ROLLBACK", "ROLLBACK", "CREATE");
    }

    @Test
    void goesBackToAnAuditItemATimeOrThePreviousState() {
        var two = client.post(CHANGES, "{" + THREE + "}").at("/timestamp").asText();
        client.post(CHANGES, "{'changes': [{'document': 'application', 'max_positions': 8}], 'changed_by': 'ops'}");

        assertThat(positionsAfter("'rollback_id': 'test-1'")).isEqualTo(10);
        assertThat(positionsAfter("'target_time': '" + two + "'")).isEqualTo(7);
        assertThat(positionsAfter("'target_revision': 3")).isEqualTo(8);
        assertThat(positionsAfter("'reason': 'the one before'")).isEqualTo(7);
        assertThat(client.post(ROLLBACK, "{'target_version': 1, 'changed_by': 'ops'}")
                        .status())
                .isEqualTo(422);
        assertThat(client.post(ROLLBACK, "{'target_revision': 99, 'changed_by': 'ops'}")
                        .status())
                .isEqualTo(404);
    }

    private int positionsAfter(String target) {
        var reply = client.post(ROLLBACK, "{" + target + ", 'changed_by': 'ops'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return client.get("/api/v1/config/application")
                .at("/data/max_positions")
                .asInt();
    }

    private List<String> audited(String field) {
        return texts(client.get("/api/v1/audit").at("/data"), field);
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }
}
