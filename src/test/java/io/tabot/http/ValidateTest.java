package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ValidateTest {
    private static final String PATH = "/api/v1/config/validate";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        client.post(
                "/api/v1/strategies/rsi_extreme_reversal/config/ETHUSDT",
                "{'parameters': {'rsi_period': 3}, 'changed_by': 'ops'}");
    }

    @Test
    void whatIsRightPassesAndIsNotStored() {
        var before = client.get("/api/v1/config").header("ETag");

        var reply = validate("'strategy_id': 'rsi_extreme_reversal', 'symbol': 'BTCUSDT'", "'rsi_period': 4");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/validation_passed").asBoolean()).isTrue();
        assertThat(reply.at("/data/errors")).isEmpty();
        assertThat(reply.at("/data/warnings")).isEmpty();
        assertThat(reply.at("/data/conflicts")).isEmpty();
        assertThat(reply.at("/data/estimated_impact")).isEqualTo(Client.json("""
                        {"risk_level":"medium","affected_scope":"strategy:rsi_extreme_reversal:symbol:BTCUSDT",
                         "parameter_count":1}"""));
        assertThat(reply.at("/metadata/validation_mode").asText()).isEqualTo("dry_run");
        assertThat(reply.at("/metadata/scope").asText()).isEqualTo("strategy:rsi_extreme_reversal:symbol:BTCUSDT");
        assertThat(client.get("/api/v1/config").header("ETag")).isEqualTo(before);
    }

    @Test
    void whatIsWrongDoesNotPassAndEachErrorHasItsFix() {
        var reply = validate(
                "'strategy_id': 'rsi_extreme_reversal', 'symbol': 'BTCUSDT'",
                "'rsi_period': 1, 'rsi_perod': 3, 'enabled': 'no'");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/success").asBoolean()).isTrue();
        assertThat(reply.at("/data/validation_passed").asBoolean()).isFalse();
        assertThat(StreamSupport.stream(reply.at("/data/errors").spliterator(), false)
                        .map(error -> error.get("field").asText() + " "
                                + error.get("code").asText() + " "
                                + error.get("suggested_value").asText()))
                .containsExactlyInAnyOrder(
                        "rsi_period OUT_OF_RANGE 2",
                        "rsi_perod UNKNOWN_PARAMETER rsi_period",
                        "enabled INVALID_TYPE false");
        assertThat(texts(reply.at("/data/suggested_fixes")))
                .containsExactlyInAnyOrder(
                        "use 2 for rsi_period", "use rsi_period instead of rsi_perod", "use false for enabled");
    }

    @Test
    void rulesBetweenParametersAreHeldAgainstWhatIsSetAlready() {
        client.post(
                "/api/v1/strategies/momentum_pulse/config", "{'parameters': {'macd_slow': 20}, 'changed_by': 'ops'}");

        var reply = validate("'strategy_id': 'momentum_pulse'", "'macd_fast': 20");

        assertThat(reply.at("/data/validation_passed").asBoolean()).isFalse();
        assertThat(reply.at("/data/errors/0/code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void theRiskIsLowWithoutAnEffectAndHighWhenAStrategyIsSwitched() {
        var none = validate("'strategy_id': 'golden_trend_sync'", "");
        var off = validate("'strategy_id': 'golden_trend_sync'", "'enabled': false");

        assertThat(none.at("/data/estimated_impact/risk_level").asText()).isEqualTo("low");
        assertThat(off.at("/data/estimated_impact/risk_level").asText()).isEqualTo("high");
    }

    @Test
    void warnsOfWhatKeepsTheParametersFromShowing() {
        var symbol = validate("'strategy_id': 'rsi_extreme_reversal', 'symbol': 'DOGEUSDT'", "'rsi_period': 4");
        var covered = validate("'strategy_id': 'rsi_extreme_reversal'", "'rsi_period': 4, 'oversold_threshold': 20");

        assertThat(texts(symbol.at("/data/warnings")))
                .containsExactly("DOGEUSDT is not in symbols: nothing is evaluated on it");
        assertThat(texts(covered.at("/data/warnings"))).containsExactly("ETHUSDT keeps its own rsi_period");
    }

    @Test
    void aRequestThatAsksNothingIsRefusedAndAnUnknownStrategyIs404() {
        var nothing = client.post(PATH, "{'parameter': {}}");
        var unknown = validate("'strategy_id': 'rsi_extrem_reversal'", "'rsi_period': 4");
        var symbol = validate("'strategy_id': 'rsi_extreme_reversal', 'symbol': 'btc/usdt'", "'rsi_period': 4");

        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.at("/error/details/errors")).hasSize(3);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("/error/suggestion").asText()).startsWith("did you mean rsi_extreme_reversal?");
        assertThat(symbol.at("/data/errors/0/field").asText()).isEqualTo("symbol");
    }

    private static Client.Reply validate(String about, String parameters) {
        return client.post(PATH, "{" + about + ", 'parameters': {" + parameters + "}}");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
