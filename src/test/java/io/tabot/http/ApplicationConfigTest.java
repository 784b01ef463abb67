package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplicationConfigTest {
    private static final String PATH = "/api/v1/config/application";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @Test
    void showsEveryFieldOfTheDocumentAndWhereItComesFrom() {
        var reply = client.get(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data").fieldNames())
                .toIterable()
                .containsExactly(
                        "enabled_strategies",
                        "symbols",
                        "candle_periods",
                        "min_confidence",
                        "max_confidence",
                        "max_positions",
                        "position_sizes",
                        "rule_set",
                        "paused",
                        "version",
                        "revision",
                        "source",
                        "created_at",
                        "updated_at");
        assertThat(reply.at("/metadata").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "environment", "revision", "cache_hit", "load_time_ms", "source", "stale_since", "durability");
        assertThat(reply.at("/metadata/environment").asText()).isEqualTo("test");
        assertThat(reply.at("/metadata/durability/0").asText()).isEqualTo("embedded");
        assertThat(reply.at("/data/created_at").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void everyAnswerHasTheFiveFieldsOfTheEnvelope() {
        assertThat(client.get(PATH).json().fieldNames())
                .toIterable()
                .containsExactly("success", "data", "error", "metadata", "timestamp");
    }

    @Test
    void changesOnlyTheGivenFieldsAndShowsTheChangeAtOnce() {
        var before = client.get(PATH);

        var reply = client.post(PATH, "{'max_positions': 21, 'symbols': null, 'changed_by': 'ops', 'reason': 'more'}");
        var after = client.get(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/action").asText()).isEqualTo("updated");
        assertThat(reply.at("/metadata/changes_applied").asBoolean()).isTrue();
        assertThat(reply.at("/metadata/durability/0").asText()).isEqualTo("embedded");
        assertThat(reply.at("/metadata/diff/0/fields/0/field").asText()).isEqualTo("max_positions");
        assertThat(reply.at("/data")).isEqualTo(after.at("/data"));
        assertThat(after.at("/data/max_positions").asInt()).isEqualTo(21);
        assertThat(after.at("/data/symbols")).isEqualTo(before.at("/data/symbols"));
        assertThat(after.at("/data/version").asLong())
                .isEqualTo(before.at("/data/version").asLong() + 1);
        assertThat(reply.at("/metadata/revision")).isEqualTo(reply.at("/data/revision"));
    }

    @Test
    void aDryRunAnswersWithTheResultAndPersistsNothing() {
        var before = client.get(PATH);

        var reply = client.post(PATH, "{'min_confidence': 0.71, 'changed_by': 'ops', 'validate_only': true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/min_confidence").asDouble()).isEqualTo(0.71);
        assertThat(reply.at("/metadata/validation").asText()).isEqualTo("passed");
        assertThat(reply.at("/metadata/changes_applied").asBoolean()).isFalse();
        assertThat(reply.at("/metadata/diff/0/fields/0/after").asDouble()).isEqualTo(0.71);
        assertThat(client.get(PATH).at("/data")).isEqualTo(before.at("/data"));
    }

    @Test
    void whatIsSoAlreadyIsNoChange() {
        client.post(PATH, "{'max_positions': 22, 'changed_by': 'ops'}");

        var reply = client.post(PATH, "{'max_positions': 22, 'changed_by': 'ops'}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/action").asText()).isEqualTo("unchanged");
        assertThat(reply.at("/data")).isEqualTo(client.get(PATH).at("/data"));
    }

    @Test
    void collectsEveryErrorOfTheRequestAndOfTheRules() {
        var reply = client.post(
                PATH,
                "{'max_positions': 0, 'min_confidense': 0.5, 'min_confidence': '0.7', 'validate_only': 'yes',"
                        + " 'expected_revision': 1.5}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(StreamSupport.stream(reply.at("/error/details/errors").spliterator(), false)
                        .map(error -> error.get("field").asText() + " "
                                + error.get("code").asText() + " "
                                + error.get("suggested_value").asText()))
                .containsExactlyInAnyOrder(
                        "min_confidense UNKNOWN_FIELD min_confidence",
                        "changed_by EMPTY null",
                        "expected_revision INVALID_TYPE null",
                        "validate_only INVALID_TYPE true",
                        "max_positions OUT_OF_RANGE 1",
                        "min_confidence INVALID_TYPE 0.7");
    }

    @Test
    void aSingleErrorIsAlsoToldAtTheTop() {
        var reply = client.post(PATH, "{'max_confidence': 1.5, 'changed_by': 'ops'}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/field").asText()).isEqualTo("max_confidence");
        assertThat(reply.at("/error/suggestion").asText()).isEqualTo("use 1.0 for max_confidence");
        assertThat(reply.at("/error/details/errors/0/allowed/max").asDouble()).isEqualTo(1.0);
        assertThat(reply.at("/data").isNull()).isTrue();
    }

    @Test
    void refusesAStaleChangeWith409AndShowsWhatIsThere() {
        client.post(PATH, "{'max_positions': 31, 'changed_by': 'first'}");

        var reply = client.post(PATH, "{'max_positions': 32, 'changed_by': 'second', 'expected_revision': 1}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/error/code").asText()).isEqualTo("STALE");
        assertThat(reply.at("/error/details/current"))
                .isEqualTo(client.get(PATH).at("/data"));
        assertThat(reply.at("/error/details/diff/0/fields/0/after").asInt()).isEqualTo(32);
        assertThat(client.get(PATH).at("/data/max_positions").asInt()).isEqualTo(31);
    }

    @Test
    void refusesAnOutdatedVersionWith409() {
        var reply = client.post(PATH, "{'max_positions': 33, 'changed_by': 'ops', 'expected_version': 0}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/error/details/expected_version").asLong()).isZero();
    }

    @Test
    void refusesAStaleIfMatchWith412AndTakesAFreshOne() {
        var tag = client.get(PATH).header("ETag").orElseThrow();
        client.post(PATH, "{'max_positions': 41, 'changed_by': 'first'}");

        var stale = client.post(PATH, "{'max_positions': 42, 'changed_by': 'ops'}", "If-Match", tag);
        var fresh = client.post(
                PATH,
                "{'max_positions': 42, 'changed_by': 'ops'}",
                "If-Match",
                stale.header("ETag").orElseThrow());
        var any = client.post(PATH, "{'max_positions': 43, 'changed_by': 'ops'}", "If-Match", "*");
        var odd = client.post(PATH, "{'max_positions': 44, 'changed_by': 'ops'}", "If-Match", "\"mine\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.at("/error/code").asText()).isEqualTo("STALE");
        assertThat(fresh.status()).isEqualTo(200);
        assertThat(any.status()).isEqualTo(200);
        assertThat(odd.status()).isEqualTo(400);
    }

    @Test
    void answers304WhenTheCallerHasTheDocumentAlready() {
        var tag = client.get(PATH).header("ETag").orElseThrow();

        var known = client.get(PATH, "If-None-Match", tag);
        var weak = client.get(PATH, "If-None-Match", "\"999\", W/" + tag);
        var whole = client.get(
                "/api/v1/config",
                "If-None-Match",
                client.get("/api/v1/config").header("ETag").orElseThrow());
        client.post(PATH, "{'max_positions': 51, 'changed_by': 'ops'}");
        var changed = client.get(PATH, "If-None-Match", tag);

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.text()).isEmpty();
        assertThat(known.header("ETag")).contains(tag);
        assertThat(weak.status()).isEqualTo(304);
        assertThat(whole.status()).isEqualTo(304);
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerHoweverMuchHappenedSince() {
        var body = "{'max_positions': 61, 'changed_by': 'ops', 'reason': 'once'}";
        var first = client.post(PATH, body, "Idempotency-Key", "key-1");
        var atOnce = client.post(PATH, body, "Idempotency-Key", "key-1");
        for (var i = 62; i < 65; i++) {
            client.post(PATH, "{'max_positions': " + i + ", 'changed_by': 'other'}");
        }
        var revision = client.get(PATH).at("/data/revision");

        var reordered = "{'reason': 'once', 'changed_by': 'ops', 'max_positions': 61}";
        var repeated = client.post(PATH, reordered, "Idempotency-Key", "key-1");

        assertThat(atOnce.at("/data")).isEqualTo(first.at("/data"));
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.at("/data")).isEqualTo(first.at("/data"));
        assertThat(repeated.at("/metadata/action")).isEqualTo(first.at("/metadata/action"));
        assertThat(repeated.at("/metadata/revision")).isEqualTo(first.at("/metadata/revision"));
        assertThat(repeated.at("/metadata/diff")).isEqualTo(first.at("/metadata/diff"));
        assertThat(repeated.at("/metadata/repeated").asBoolean()).isTrue();
        assertThat(client.get(PATH).at("/data/revision")).isEqualTo(revision);
    }

    @Test
    void aKeyUsedForAnotherRequestIsRefused() {
        client.post(PATH, "{'max_positions': 71, 'changed_by': 'ops'}", "Idempotency-Key", "key-2");

        var reply = client.post(PATH, "{'max_positions': 72, 'changed_by': 'ops'}", "Idempotency-Key", "key-2");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void theWholeConfigurationHasTheShapeOfAnExport() {
        var reply = client.get("/api/v1/config");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data").fieldNames()).toIterable().containsExactly("application", "strategies");
        assertThat(reply.at("/data/application/rule_set").asText()).isEqualTo("python");
    }

    @Test
    void servesOneEnvironmentByName() {
        var own = client.get(PATH + "?environment=test");
        var other = client.get(PATH + "?environment=staging");

        assertThat(own.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.at("/error/code").asText()).isEqualTo("UNKNOWN_ENVIRONMENT");
        assertThat(client.post(PATH + "?environment=staging", "{'paused': true, 'changed_by': 'ops'}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refreshingTheCacheIsUnderstoodAndNeedsNoBody() {
        var reply = client.send("POST", PATH + "/cache/refresh", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/message").isTextual()).isTrue();
        assertThat(reply.at("/metadata/note").isTextual()).isTrue();
    }
}
