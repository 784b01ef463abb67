package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.testing.Events;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The calls of the decision service as it makes them, under its service name and with its headers, and what it reads in
 * the answers: {@code success}, {@code error.code}, the list of strategies, audit rows and {@code retry_after}.
 */
class DecisionServiceTest {
    private static final String APPLICATION = "/api/v1/config/application";
    private static final String HOST = "Host: petrosa-ta-bot-service:80";
    private static final String ISSUER = "X-Petrosa-Issuer: CIO";

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    static List<String> strategies() {
        return List.copyOf(Events.CATALOG.ids());
    }

    @Test
    void setsOneParameter() {
        var answer = post(
                config("rsi_extreme_reversal"),
                "{'parameters':{'rsi_period':3},'changed_by':'petrosa-cio:rsi_extreme_reversal',"
                        + "'reason':'volatility regime','validate_only':false}");

        assertThat(answer.at("/success").asBoolean()).isTrue();
        assertThat(answer.at("/data/parameters/rsi_period").asInt()).isEqualTo(3);
        assertThat(answer.at("/metadata/changes_applied").asBoolean()).isTrue();
    }

    @Test
    void learnsThatAParameterIsRefusedAndFreezesTheStrategy() {
        var answer = post(
                config("rsi_extreme_reversal"),
                "{'parameters':{'rsi_period':0},'changed_by':'petrosa-cio:rsi_extreme_reversal',"
                        + "'reason':'volatility regime','validate_only':false}");

        assertThat(answer.at("/success").asBoolean()).isFalse();
        assertThat(answer.at("/error/code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.at("/error/message").isTextual()).isTrue();
    }

    @Test
    void pausesStrategiesOneByOneDownToTheLast() {
        for (var left = enabled(); !left.isEmpty(); left = enabled()) {
            var id = left.getFirst();
            var others = left.subList(1, left.size());
            var list = others.isEmpty() ? "[]" : "['" + String.join("','", others) + "']";
            var answer = post(
                    APPLICATION,
                    "{'enabled_strategies':" + list + ",'changed_by':'petrosa-cio:" + id
                            + "','reason':'CIO_PAUSE: drawdown','validate_only':false}");

            assertThat(answer.at("/success").asBoolean()).as(answer.toString()).isTrue();
            assertThat(enabled()).isEqualTo(others);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void stopsAnyStrategyAtOnceAndResumesItLater(String id) {
        var stopped = post(
                config(id),
                "{'parameters':{'enabled':false},'changed_by':'petrosa-cio:" + id
                        + "','reason':'CRITICAL_FAIL_SAFE: feed lost','validate_only':false}");
        var audit = client.get("/api/v1/strategies/" + id + "/audit?limit=20", headers(Holders.OPERATOR));
        var resumed = post(
                config(id),
                "{'parameters':{'enabled':true},'changed_by':'petrosa-cio:resume:" + id
                        + "','reason':'feed is back','validate_only':false}");

        assertThat(stopped.at("/success").asBoolean()).as(stopped.toString()).isTrue();
        assertThat(stopped.at("/data/parameters/enabled")).isEqualTo(Client.json("false"));
        assertThat(audit.at("/success").asBoolean()).isTrue();
        assertThat(audit.at("/data/0/changed_by").asText()).isEqualTo("petrosa-cio:" + id);
        assertThat(changedAt(audit.at("/data"))).isNotEmpty().isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(resumed.at("/success").asBoolean()).as(resumed.toString()).isTrue();
    }

    @Test
    void seesThatSomebodyElseChangedTheStrategySince() {
        var id = "golden_trend_sync";
        post(config(id), "{'parameters':{'enabled':false},'changed_by':'petrosa-cio:" + id + "','reason':'stop'}");
        post(config(id), "{'parameters':{'enabled':true},'changed_by':'ops-7','reason':'by hand'}");

        var audit = client.get("/api/v1/strategies/" + id + "/audit?limit=20", headers(Holders.OPERATOR));

        assertThat(audit.at("/data/0/changed_by").asText()).isEqualTo("ops-7");
        assertThat(audit.at("/data/1/changed_by").asText()).isEqualTo("petrosa-cio:" + id);
    }

    @Test
    void isToldInTheBodyHowLongToWait() {
        JsonNode answer = null;
        for (var change = 0; change <= Holders.AGENT_LIMIT; change++) {
            answer = answer(
                    Holders.AGENT,
                    config("momentum_pulse"),
                    "{'parameters':{'adx_period':" + (10 + change)
                            + "},'changed_by':'petrosa-cio:momentum_pulse','reason':'r','validate_only':false}",
                    change < Holders.AGENT_LIMIT ? 200 : 429);
        }

        assertThat(answer.at("/success").asBoolean()).isFalse();
        assertThat(answer.at("/retry_after").asInt()).isBetween(1, 86_400);
    }

    @Test
    void refreshesTheCacheByTheOldAndTheNewPath() {
        assertThat(post("/api/v1/strategies/cache/refresh", "").at("/success").asBoolean())
                .isTrue();
        assertThat(post("/api/v1/strategies/momentum_pulse/cache/refresh", "")
                        .at("/success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void itsNeighboursValidateWithoutChangingAnything() {
        var before = client.get("/api/v1/config", headers(Holders.OPERATOR)).header("ETag");

        var answer = post(
                "/api/v1/config/validate",
                "{'parameters':{'rsi_period':99},'strategy_id':'rsi_extreme_reversal','symbol':'BTCUSDT'}");

        assertThat(answer.at("/success").asBoolean()).isTrue();
        assertThat(answer.at("/data/validation_passed")).isEqualTo(Client.json("false"));
        assertThat(answer.at("/data/errors/0/message").asText()).contains("rsi_period");
        assertThat(client.get("/api/v1/config", headers(Holders.OPERATOR)).header("ETag"))
                .isEqualTo(before);
    }

    private static List<String> enabled() {
        var data = client.get(APPLICATION, headers(Holders.OPERATOR)).at("/data/enabled_strategies");
        return StreamSupport.stream(data.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<OffsetDateTime> changedAt(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> OffsetDateTime.parse(row.get("changed_at").asText()))
                .toList();
    }

    private static String config(String strategyId) {
        return "/api/v1/strategies/" + strategyId + "/config";
    }

    private static JsonNode post(String path, String json) {
        return Client.json(send(Holders.OPERATOR, path, json).body());
    }

    private static JsonNode answer(Holders holder, String path, String json, int status) {
        var reply = send(holder, path, json);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        return Client.json(reply.body());
    }

    private static RawHttp.Reply send(Holders holder, String path, String json) {
        return RawHttp.post(
                served.running().port(), path, json, HOST, ISSUER, Holders.INTERNAL + ": " + holder.token());
    }

    private static String[] headers(Holders holder) {
        return new String[] {"X-Petrosa-Issuer", "CIO", Holders.INTERNAL, holder.token()};
    }
}
