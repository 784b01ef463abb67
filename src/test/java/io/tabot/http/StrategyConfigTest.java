package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Events;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test has symbols of its own, and leaves the parameters for every symbol of {@link #RSI} as they were. */
class StrategyConfigTest {
    private static final String RSI = "/api/v1/strategies/rsi_extreme_reversal";
    private static final String PULSE = "/api/v1/strategies/momentum_pulse";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    static Stream<String> strategies() {
        return Events.CATALOG.ids().stream();
    }

    @Test
    void whereNothingIsSetTheDefaultsApplyAndReadingSetsNothing() {
        var before = client.get("/api/v1/config").header("ETag");

        var reply = client.get(RSI + "/config/DOTUSDT");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data").fieldNames())
                .toIterable()
                .containsExactly(
                        "strategy_id",
                        "symbol",
                        "parameters",
                        "stored",
                        "version",
                        "revision",
                        "source",
                        "is_override",
                        "created_at",
                        "updated_at");
        assertThat(reply.at("/data/parameters"))
                .isEqualTo(client.get(RSI + "/defaults").at("/data"));
        assertThat(reply.at("/data/stored")).isEmpty();
        assertThat(reply.at("/data/version").asLong()).isZero();
        assertThat(reply.at("/data/source").asText()).isEqualTo("default");
        assertThat(reply.at("/data/is_override").asBoolean()).isFalse();
        assertThat(reply.at("/data/created_at").isNull()).isTrue();
        assertThat(reply.at("/metadata/strategy_id").asText()).isEqualTo("rsi_extreme_reversal");
        assertThat(client.get("/api/v1/config").header("ETag")).isEqualTo(before);
    }

    @Test
    void aChangeIsMergedKeyByKeyAndNullTakesAKeyOut() {
        var path = RSI + "/config/ADAUSDT";
        var created = client.post(
                path,
                "{'parameters': {'rsi_period': 3, 'oversold_threshold': 30}, 'changed_by': 'ops', 'reason': 'a'}");
        var updated =
                client.post(path, "{'parameters': {'rsi_period': null, 'extreme_threshold': 4}, 'changed_by': 'ops'}");
        var read = client.get(path);

        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.at("/metadata/action").asText()).isEqualTo("created");
        assertThat(updated.at("/metadata/action").asText()).isEqualTo("updated");
        assertThat(updated.at("/metadata/changes_applied").asBoolean()).isTrue();
        assertThat(updated.at("/data")).isEqualTo(read.at("/data"));
        assertThat(read.at("/data/stored")).isEqualTo(json("{'oversold_threshold': 30, 'extreme_threshold': 4}"));
        assertThat(read.at("/data/parameters/oversold_threshold").asDouble()).isEqualTo(30);
        assertThat(read.at("/data/parameters/rsi_period").asInt()).isEqualTo(2);
        assertThat(read.at("/data/is_override").asBoolean()).isTrue();
        assertThat(read.at("/data/version").asLong()).isEqualTo(2);
        assertThat(read.at("/data/source").asText()).isEqualTo("embedded");
    }

    @Test
    void aSymbolHasItsOwnValuesOverThoseForEverySymbolOverTheDefaults() {
        var global = client.post(
                PULSE + "/config", "{'parameters': {'rsi_period': 9, 'adx_period': 11}," + " 'changed_by': 'ops'}");
        var symbol = client.post(PULSE + "/config/BTCUSDT", "{'parameters': {'rsi_period': 5}, 'changed_by': 'ops'}");

        var effective = client.get(PULSE + "/effective?symbol=BTCUSDT").at("/data/parameters");
        var other = client.get(PULSE + "/effective?symbol=ETHUSDT").at("/data/parameters");
        var everywhere = client.get(PULSE + "/effective");

        assertThat(effective.get("rsi_period")).isEqualTo(value(5, "symbol", symbol));
        assertThat(effective.get("adx_period")).isEqualTo(value(11, "global", global));
        assertThat(effective.at("/macd_fast/layer").asText()).isEqualTo("default");
        assertThat(effective.at("/macd_fast/revision").isNull()).isTrue();
        assertThat(other.get("rsi_period")).isEqualTo(value(9, "global", global));
        assertThat(everywhere.at("/data/parameters")).isEqualTo(other);
        assertThat(everywhere.at("/data/symbol").isNull()).isTrue();
        assertThat(everywhere.at("/data/parameters_hash").asText()).matches("[0-9a-f]{64}");
        assertThat(client.get(PULSE + "/config/BTCUSDT")
                        .at("/data/parameters/adx_period")
                        .asInt())
                .isEqualTo(11);
        assertThat(client.get(PULSE + "/config").at("/data/is_override").asBoolean())
                .isFalse();
        assertThat(client.get("/api/v1/config").at("/data/strategies/momentum_pulse/symbols/BTCUSDT"))
                .isEqualTo(json("{'rsi_period': 5}"));
    }

    @Test
    void removingALayerUncoversTheOneBelowAndRemovingItAgainIs404() {
        var path = RSI + "/config/SOLUSDT";
        client.post(path, "{'parameters': {'rsi_period': 7}, 'changed_by': 'ops'}");

        var rehearsed = client.send("DELETE", path + "?changed_by=ops&validate_only=true", null);
        var kept = client.get(path).at("/data/parameters/rsi_period").asInt();
        var removed = client.send("DELETE", path + "?changed_by=ops&reason=not%20needed", null);
        var again = client.send("DELETE", path + "?changed_by=ops", null);
        var read = client.get(path);

        assertThat(rehearsed.status()).isEqualTo(200);
        assertThat(rehearsed.at("/metadata/validation").asText()).isEqualTo("passed");
        assertThat(kept).isEqualTo(7);
        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(removed.at("/data/message").asText()).contains("SOLUSDT");
        assertThat(removed.at("/metadata/action").asText()).isEqualTo("deleted");
        assertThat(removed.at("/metadata/strategy_id").asText()).isEqualTo("rsi_extreme_reversal");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(read.at("/data/parameters/rsi_period").asInt()).isEqualTo(2);
        assertThat(read.at("/data/version").asLong()).isEqualTo(2);
        assertThat(client.get(RSI + "/audit?symbol=SOLUSDT&limit=1")
                        .at("/data/0/reason")
                        .asText())
                .isEqualTo("not needed");
    }

    @Test
    void aRemovalSaysWhoAsksAndHoldsToPreconditionsAndKeys() {
        var path = RSI + "/config/BNBUSDT";
        client.post(path, "{'parameters': {'rsi_period': 7}, 'changed_by': 'ops'}");
        var tag = client.get(path).header("ETag").orElseThrow();
        client.post(path, "{'parameters': {'rsi_period': 8}, 'changed_by': 'ops'}");

        var nobody = client.send("DELETE", path, null);
        var odd = client.send("DELETE", path + "?changed_by=ops&validate_only=maybe&expected_revision=x&by=me", null);
        var stale = client.send("DELETE", path + "?changed_by=ops&expected_version=1", null);
        var header = client.send("DELETE", path + "?changed_by=ops", null, "If-Match", tag);
        var first = client.send("DELETE", path + "?changed_by=ops", null, "Idempotency-Key", "delete-1");
        client.post(path, "{'parameters': {'rsi_period': 9}, 'changed_by': 'ops'}");
        var repeated = client.send("DELETE", path + "?changed_by=ops", null, "Idempotency-Key", "delete-1");

        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.at("/error/field").asText()).isEqualTo("changed_by");
        assertThat(fields(odd)).containsExactlyInAnyOrder("by", "validate_only", "expected_revision");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.at("/error/details/current/stored/rsi_period").asInt()).isEqualTo(8);
        assertThat(header.status()).isEqualTo(412);
        assertThat(first.status()).isEqualTo(200);
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.at("/data")).isEqualTo(first.at("/data"));
        assertThat(repeated.at("/metadata/repeated").asBoolean()).isTrue();
        assertThat(client.get(path).at("/data/stored/rsi_period").asInt()).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyCanBeSilencedAndBroughtBack(String id) {
        var path = "/api/v1/strategies/" + id + "/config/XRPUSDT";

        var off = client.post(
                path,
                "{'parameters': {'enabled': false}, 'changed_by': 'petrosa-cio:d1', 'reason':"
                        + " 'CRITICAL_FAIL_SAFE: drawdown', 'validate_only': false}");
        var on = client.post(path, "{'parameters': {'enabled': true}, 'changed_by': 'petrosa-cio:resume:d1'}");

        assertThat(off.status()).as(off.text()).isEqualTo(200);
        assertThat(off.at("/data/parameters/enabled").asBoolean()).isFalse();
        assertThat(on.at("/data/parameters/enabled").asBoolean()).isTrue();
    }

    @Test
    void everyErrorIsToldWithItsFieldItsBoundsAndAFix() {
        var reply = client.post(
                RSI + "/config",
                "{'parameters': {'rsi_perod': 3, 'rsi_period': 5000, 'oversold_threshold': '30', 'enabled': 'no'},"
                        + " 'reazon': 'x'}");
        var errors = reply.at("/error/details/errors");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(StreamSupport.stream(errors.spliterator(), false)
                        .map(error -> error.get("field").asText() + " "
                                + error.get("code").asText() + " "
                                + error.get("suggested_value").asText()))
                .containsExactlyInAnyOrder(
                        "reazon UNKNOWN_FIELD reason",
                        "changed_by EMPTY null",
                        "rsi_perod UNKNOWN_PARAMETER rsi_period",
                        "rsi_period OUT_OF_RANGE 50",
                        "oversold_threshold INVALID_TYPE 30.0",
                        "enabled INVALID_TYPE false");
        assertThat(StreamSupport.stream(errors.spliterator(), false)
                        .filter(error -> error.get("field").asText().equals("rsi_period"))
                        .map(error -> error.at("/allowed/max").asInt()))
                .containsExactly(50);
    }

    @Test
    void refusesWhatBreaksTheOrderOfTwoParametersOnAnySymbol() {
        var path = "/api/v1/strategies/golden_trend_sync";
        var alone = client.post(path + "/config", "{'parameters': {'ema_fast': 240}, 'changed_by': 'ops'}");

        assertThat(alone.status()).as(alone.text()).isEqualTo(422);
        assertThat(alone.at("/error/details/errors/0/code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void aBodyWithoutParametersOrWithOtherThanAnObjectIsRefused() {
        var none = client.post(RSI + "/config", "{'changed_by': 'ops'}");
        var list = client.post(RSI + "/config", "{'parameters': [1], 'changed_by': 'ops'}");
        var empty = client.post(RSI + "/config/LTCUSDT", "{'parameters': {}, 'changed_by': 'ops'}");

        assertThat(none.at("/error/details/errors/0/code").asText()).isEqualTo("EMPTY");
        assertThat(list.at("/error/details/errors/0/code").asText()).isEqualTo("INVALID_TYPE");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.at("/metadata/action").asText()).isEqualTo("unchanged");
    }

    @Test
    void aDryRunAnswersWithTheResultAndPersistsNothing() {
        var path = RSI + "/config/AVAXUSDT";

        var reply = client.post(path, "{'parameters': {'rsi_period': 6}, 'changed_by': 'ops', 'validate_only': true}");

        assertThat(reply.at("/data/parameters/rsi_period").asInt()).isEqualTo(6);
        assertThat(reply.at("/metadata/validation").asText()).isEqualTo("passed");
        assertThat(client.get(path).at("/data/version").asLong()).isZero();
    }

    @Test
    void refusesAStaleChange() {
        var path = RSI + "/config/LINKUSDT";
        client.post(path, "{'parameters': {'rsi_period': 6}, 'changed_by': 'first'}");
        var tag = client.get(path).header("ETag").orElseThrow();
        client.post(path, "{'parameters': {'rsi_period': 7}, 'changed_by': 'second'}");

        var body = "{'parameters': {'rsi_period': 8}, 'changed_by': 'third'";
        var revision = client.post(path, body + ", 'expected_revision': 1}");
        var version = client.post(path, body + ", 'expected_version': 1}");
        var header = client.post(path, body + "}", "If-Match", tag);
        var fresh = client.post(path, body + ", 'expected_version': 2}");

        assertThat(revision.status()).isEqualTo(409);
        assertThat(revision.at("/error/details/current/stored/rsi_period").asInt())
                .isEqualTo(7);
        assertThat(revision.at("/error/details/diff/0/fields/0/after").asInt()).isEqualTo(8);
        assertThat(version.status()).isEqualTo(409);
        assertThat(header.status()).isEqualTo(412);
        assertThat(fresh.status()).isEqualTo(200);
    }

    @Test
    void aReadIs304UntilAnythingThatItShowsChanges() {
        var strategy = "/api/v1/strategies/volume_surge_breakout";
        var symbol = strategy + "/config/BTCUSDT";
        client.post(symbol, "{'parameters': {'enabled': true}, 'changed_by': 'ops'}");
        var tag = client.get(symbol).header("ETag").orElseThrow();

        var known = client.get(symbol, "If-None-Match", tag);
        var effective = client.get(strategy + "/effective?symbol=BTCUSDT", "If-None-Match", tag);
        client.post(strategy + "/config", "{'parameters': {'enabled': true}, 'changed_by': 'ops'}");

        assertThat(known.status()).isEqualTo(304);
        assertThat(effective.status()).isEqualTo(304);
        assertThat(client.get(symbol, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerWhateverHappenedToAnyLayerSince() {
        var strategy = "/api/v1/strategies/bollinger_breakout_signals";
        var symbol = strategy + "/config/BTCUSDT";
        client.post(strategy + "/config", "{'parameters': {'bb_period': 22}, 'changed_by': 'ops'}");
        var body = "{'parameters': {'bb_std': 2.5}, 'changed_by': 'ops'}";
        var first = client.post(symbol, body, "Idempotency-Key", "set-1");
        client.post(strategy + "/config", "{'parameters': {'bb_period': 23}, 'changed_by': 'ops'}");
        client.post(symbol, "{'parameters': {'bb_std': 2.6}, 'changed_by': 'ops'}");

        var repeated = client.post(symbol, body, "Idempotency-Key", "set-1");
        client.send("DELETE", strategy + "/config?changed_by=ops", null);
        var later = client.post(symbol, body, "Idempotency-Key", "set-1");
        var elsewhere = client.post(strategy + "/config/ETHUSDT", body, "Idempotency-Key", "set-1");

        assertThat(first.at("/data/parameters/bb_period").asInt()).isEqualTo(22);
        assertThat(repeated.at("/data")).isEqualTo(first.at("/data"));
        assertThat(later.at("/data")).isEqualTo(first.at("/data"));
        assertThat(elsewhere.at("/error/code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void anUnknownStrategyIs404OnEveryRoute() {
        var path = "/api/v1/strategies/momentum_puls";
        var body = "{'parameters': {}, 'changed_by': 'ops'}";

        assertThat(Stream.of(
                        client.get(path + "/config"),
                        client.get(path + "/config/BTCUSDT"),
                        client.post(path + "/config", body),
                        client.post(path + "/config/BTCUSDT", body),
                        client.send("DELETE", path + "/config?changed_by=ops", null),
                        client.send("DELETE", path + "/config/BTCUSDT?changed_by=ops", null),
                        client.post(path + "/rollback", "{'changed_by': 'ops'}"),
                        client.get(path + "/audit"),
                        client.get(path + "/effective"),
                        client.send("POST", path + "/cache/refresh", null)))
                .allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(404);
                    assertThat(reply.at("/error/suggestion").asText()).startsWith("did you mean momentum_pulse?");
                });
        assertThat(client.get("/api/v1/strategies/%2e%2e%2fconfig/config").status())
                .isEqualTo(404);
    }

    @Test
    void aTextThatIsNoSymbolIsRefusedAndNothingIsStoredUnderIt() {
        var body = "{'parameters': {'rsi_period': 4}, 'changed_by': 'ops'}";

        var lower = client.post(RSI + "/config/btcusdt", body);

        assertThat(lower.status()).isEqualTo(422);
        assertThat(lower.at("/error/details/errors/0/suggested_value").asText()).isEqualTo("BTCUSDT");
        assertThat(client.get(RSI + "/config/btcusdt").status()).isEqualTo(422);
        assertThat(client.post(RSI + "/config/BTCUSDT%2FX", body).status()).isEqualTo(422);
        assertThat(client.post(RSI + "/config/BTCEUR", body).status()).isEqualTo(422);
        assertThat(client.get(RSI + "/effective?symbol=").status()).isEqualTo(422);
        assertThat(client.post(RSI + "/rollback?symbol=", "{'changed_by': 'ops'}")
                        .status())
                .isEqualTo(422);
        assertThat(client.get(RSI + "/audit?symbol=BTC").status()).isEqualTo(422);
    }

    @Test
    void refreshingTheCacheIsUnderstoodForAllStrategiesAndForOne() {
        var all = client.send("POST", "/api/v1/strategies/cache/refresh", null);
        var one = client.send("POST", RSI + "/cache/refresh", null);

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.at("/data/message").isTextual()).isTrue();
        assertThat(one.status()).isEqualTo(200);
    }

    private static com.fasterxml.jackson.databind.JsonNode value(int value, String layer, Client.Reply setBy) {
        return json("{'value': " + value + ", 'layer': '" + layer + "', 'revision': "
                + setBy.at("/metadata/revision").asLong() + "}");
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        return Client.json(text.replace('\'', '"'));
    }

    private static java.util.List<String> fields(Client.Reply reply) {
        return StreamSupport.stream(reply.at("/error/details/errors").spliterator(), false)
                .map(error -> error.get("field").asText())
                .toList();
    }
}
