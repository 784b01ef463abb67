package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.testing.Events;
import io.tabot.testing.Rounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing is broken in a valid request: what the refusal suggests, taken as documented, makes it valid again. */
class SuggestionsTest {
    private static final long SEED = 20_261_123;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final OpenApi api = OpenApi.read();
    private static final Pattern ITEM = Pattern.compile("(.*)\\[(\\d+)]");
    private static final Pattern CHANGE = Pattern.compile("changes\\[(\\d+)]\\.(.*)");
    private static final Set<String> NAMES = Set.of("UNKNOWN_FIELD", "UNKNOWN_PARAMETER");

    /** What another number would mean, only the caller knows. */
    private static final Set<String> REFERENCES =
            Set.of("expected_version", "expected_revision", "target_version", "target_revision");

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    /** A request that is broken in one place. */
    record Broken(String what, String path, ObjectNode body) {}

    @BeforeAll
    static void prepare() {
        for (var period : List.of(3, 4)) {
            client.post(
                    "/api/v1/strategies/rsi_extreme_reversal/config",
                    "{'parameters': {'rsi_period': " + period + "}, 'changed_by': 'ops'}");
        }
    }

    static Stream<String> strategies() {
        return Events.CATALOG.ids().stream();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anyParameterOfAnyStrategyIsMended(String strategyId) {
        var random = new Random(SEED + strategyId.hashCode());
        var schema = client.get("/api/v1/strategies/" + strategyId + "/schema").at("/data");
        var defaults = (ObjectNode)
                client.get("/api/v1/strategies/" + strategyId + "/defaults").at("/data");
        var all = new ArrayList<Broken>();
        for (var parameter : schema) {
            var name = parameter.get("name").asText();
            for (var wrong : wrongs(parameter)) {
                var parameters = some(defaults, name, random);
                parameters.set(name, wrong);
                all.add(request(random.nextInt(4), strategyId, parameters, name + "=" + wrong));
            }
            var renamed = some(defaults, name, random);
            renamed.set(misspelt(name, random), defaults.get(name));
            all.add(request(random.nextInt(4), strategyId, renamed, "the name " + name));
        }
        Collections.shuffle(all, random);
        var tried = all.subList(0, Rounds.of(all.size()));
        tried.forEach(SuggestionsTest::assertMended);
        assertThat(tried).hasSizeGreaterThan(schema.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/config/application|{'enabled_strategies': ['momentum_pulse', 'golden_trend_sync'],"
                        + " 'symbols': ['BTCUSDT'], 'candle_periods': ['5m'],"
                        + " 'min_confidence': 0.6, 'max_confidence': 0.9,"
                        + " 'max_positions': 7, 'position_sizes': [100, 200], 'rule_set': 'python', 'paused': false,"
                        + " 'changed_by': 'ops', 'reason': 'r', 'validate_only': true, 'expected_version': 1}",
                "/api/v1/config/application/rollback|{'target_version': 1, 'changed_by': 'ops', 'validate_only': true}",
                "/api/v1/config/application/restore|{'target_revision': 1, 'changed_by': 'ops', 'validate_only': true}",
                "/api/v1/strategies/rsi_extreme_reversal/rollback|{'target_version': 1, 'changed_by': 'ops',"
                        + " 'reason': 'r', 'validate_only': true, 'expected_version': 2}",
                "/api/v1/strategies/rsi_extreme_reversal/config|{'parameters': {}, 'changed_by': 'ops', 'reason': 'r',"
                        + " 'validate_only': true, 'expected_version': 2}",
                "/api/v1/strategies/rsi_extreme_reversal/config/BTCUSDT|{'parameters': {'rsi_period': 3},"
                        + " 'changed_by': 'ops', 'validate_only': true, 'expected_version': 0}",
                "/api/v1/strategies/momentum_pulse/lifecycle/transition|{'to_state': 'registered',"
                        + " 'transitioned_by': 'ops', 'decision_id': 'd', 'reasoning_context': 'c', 'reason': 'r',"
                        + " 'validate_only': true, 'expected_version': 0}",
                "/api/v1/config/validate|{'strategy_id': 'momentum_pulse', 'symbol': 'BTCUSDT', 'parameters': {}}",
                "/api/v1/config/changes|{'changes': [{'document': 'application', 'max_positions': 7}],"
                        + " 'changed_by': 'ops', 'reason': 'r', 'validate_only': true, 'expected_revision': 3}",
                "/api/v1/config/rollback|{'target_revision': 1, 'changed_by': 'ops', 'validate_only': true}",
                "/api/v1/admin/log-levels/ROOT|{'configured_level': 'INFO', 'for': '1s',"
                        + " 'changed_by': 'ops', 'reason': 'r'}",
                "/api/v1/backtest|{'strategy_id': 'momentum_pulse', 'from': '2024-09-01', 'to': '2024-10-01',"
                        + " 'symbol': 'BTCUSDT', 'period': '4h', 'warmup': 10, 'max_candles': 50, 'persist': true,"
                        + " 'fee': 0.001, 'slippage': 0.001, 'rule_set': 'python', 'parameter_overrides': {}}"
            })
    void anyFieldOfAnyBodyIsMended(String path, String json) {
        var valid = (ObjectNode) Client.json(json.replace('\'', '"'));
        assertThat(send(path, valid).status()).isIn(200, 201);

        var broken = broken(path, valid, new Random(SEED + path.hashCode()));

        assertThat(broken.size()).isGreaterThanOrEqualTo(valid.size());
        broken.forEach(SuggestionsTest::assertMended);
    }

    @Test
    void everyOperationWithABodyIsAmongThese() {
        // Each of the first two stands for its likes with another path.
        assertThat(api.operations().stream().filter(OpenApi.Operation::hasBody).map(OpenApi.Operation::path))
                .containsExactlyInAnyOrder(
                        "/api/v1/config/application",
                        "/api/v1/config/application/rollback",
                        "/api/v1/config/application/restore",
                        "/api/v1/strategies/{strategy_id}/config",
                        "/api/v1/strategies/{strategy_id}/config/{symbol}",
                        "/api/v1/strategies/{strategy_id}/rollback",
                        "/api/v1/strategies/{strategy_id}/lifecycle/transition",
                        "/api/v1/config/validate",
                        "/api/v1/config/changes",
                        "/api/v1/config/rollback",
                        "/api/v1/admin/log-levels/{logger}",
                        "/api/v1/config/journals/promote",
                        "/api/v1/backtest");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aStrategyThatIsMisspeltIsNamed(String strategyId) {
        var misspelt = misspelt(strategyId, new Random(SEED));

        var path = client.get("/api/v1/strategies/" + misspelt + "/config");
        var body = client.post("/api/v1/config/validate", "{'strategy_id': '" + misspelt + "', 'parameters': {}}");

        assertThat(path.at("/error/suggestion").asText()).startsWith("did you mean " + strategyId + "?");
        assertThat(body.at("/error/suggestion").asText()).startsWith("did you mean " + strategyId + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/config/application/audit",
                "/api/v1/audit",
                "/api/v1/strategies/rsi_extreme_reversal/audit",
                "/api/v1/strategies/rsi_extreme_reversal/lifecycle",
                "/api/v1/signals"
            })
    void aLimitIsMended(String path) {
        for (var query : List.of("limit=0", "limit=-5", "limit=99999999", "limit=many", "limt=5", "Limit=5")) {
            var refused = client.get(path + "?" + query);
            assertThat(refused.status()).as(query).isEqualTo(422);

            var error = refused.at("/error/details/errors/0");
            var suggestion = error.get("suggested_value").asText();
            var mended = NAMES.contains(error.get("code").asText()) ? suggestion + "=5" : "limit=" + suggestion;

            assertThat(client.get(path + "?" + mended).status()).as(mended).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'document': 'application', 'max_positions': -1}",
                "{'document': 'application', 'max_position': 7}",
                "{'document': 'aplication', 'max_positions': 7}",
                "{'document': 'strategy/momentum_puls', 'parameters': {}}",
                "{'document': 'strategies/momentum_pulse/BTCUSDT', 'parameters': {}}",
                "{'document': 'strategy/rsi_extreme_reversal', 'parameters': {'rsi_period': '7'}}",
                "{'document': 'strategy/rsi_extreme_reversal/BTCUSDT', 'parameters': {'rsi_perod': 7}}",
                "{'document': 'strategy/rsi_extreme_reversal', 'parameters': {'rsi_period': 100000}}"
            })
    void aChangeAmongOthersIsMended(String change) {
        var body =
                (ObjectNode) Client.json(("{'changes': [{'document': 'strategy/golden_trend_sync', 'parameters': {}}, "
                                + change + "], 'changed_by': 'ops', 'validate_only': true}")
                        .replace('\'', '"'));

        assertMended(new Broken("the second change", "/api/v1/config/changes", body));
    }

    private static void assertMended(Broken broken) {
        var what = "seed " + SEED + ": " + broken.what() + " in " + broken.path() + " " + broken.body();
        var errors = errors(send(broken.path(), broken.body()));
        assertThat(errors).as(what).isNotEmpty();
        var mended = broken.body().deepCopy();
        for (var error : errors) {
            if (!error.get("suggested_value").isNull()) {
                take(error, mended);
            }
        }
        var reply = send(broken.path(), mended);
        assertThat(errors(reply))
                .as(what + "\n" + errors + "\nmended: " + mended)
                .isEmpty();
        assertThat(reply.status()).as(what + "\n" + reply.text()).isIn(200, 201);
    }

    /** As the description of FieldError says it. */
    private static void take(JsonNode error, ObjectNode body) {
        var inList = CHANGE.matcher(error.get("field").asText());
        if (inList.matches()) {
            var change = (ObjectNode) body.get("changes").get(Integer.parseInt(inList.group(1)));
            take(inList.group(2), error, change);
        } else {
            take(error.get("field").asText(), error, body);
        }
    }

    private static void take(String field, JsonNode error, ObjectNode body) {
        var suggestion = error.get("suggested_value");
        var parameters = body.path("parameters").isObject() ? body.get("parameters") : body;
        var holder = field.startsWith("parameter_overrides.")
                ? body.get("parameter_overrides")
                : body.has(field) || field.contains("[") ? body : parameters;
        var name = field.substring(field.indexOf('.') + 1);
        var item = ITEM.matcher(name);
        if (NAMES.contains(error.get("code").asText())) {
            ((ObjectNode) holder).set(suggestion.asText(), ((ObjectNode) holder).remove(name));
        } else if (item.matches()) {
            ((ArrayNode) holder.get(item.group(1))).set(Integer.parseInt(item.group(2)), suggestion);
        } else {
            ((ObjectNode) holder).set(name, suggestion);
        }
    }

    /** A validation that finds errors has succeeded. */
    private static List<JsonNode> errors(Client.Reply reply) {
        var errors = new ArrayList<JsonNode>();
        reply.at("/error/details/errors").forEach(errors::add);
        reply.at("/data/errors").forEach(errors::add);
        return errors;
    }

    private static Client.Reply send(String path, ObjectNode body) {
        return client.send("POST", path, body.toString(), "Content-Type", "application/json");
    }

    private static Broken request(int way, String strategyId, ObjectNode parameters, String what) {
        var body = JSON.objectNode();
        var change = "/api/v1/strategies/" + strategyId + "/config";
        return switch (way) {
            case 0, 1 -> {
                body.put("changed_by", "ops").put("validate_only", true).set("parameters", parameters);
                yield new Broken(what, way == 0 ? change : change + "/BTCUSDT", body);
            }
            case 2 -> {
                body.put("strategy_id", strategyId).set("parameters", parameters);
                yield new Broken(what, "/api/v1/config/validate", body);
            }
            default -> {
                body.put("strategy_id", strategyId).put("from", "2024-09-01").put("to", "2024-09-02");
                body.put("period", "4h").set("parameter_overrides", parameters);
                yield new Broken(what, "/api/v1/backtest", body);
            }
        };
    }

    private static List<JsonNode> wrongs(JsonNode parameter) {
        var value = parameter.get("default");
        if (value.isBoolean()) {
            return List.of(JSON.textNode(value.asText()), JSON.textNode("no"), JSON.numberNode(1));
        }
        var wrongs = new ArrayList<JsonNode>(List.of(
                JSON.textNode(value.asText()),
                JSON.textNode("-1000000"),
                JSON.numberNode(parameter.get("min").asLong() - 1),
                JSON.numberNode(parameter.get("max").asLong() + 2)));
        if (parameter.get("type").asText().equals("int")) {
            wrongs.add(JSON.numberNode(value.asInt() + 0.4));
        }
        return wrongs;
    }

    /** Up to two other parameters, as they are by default. */
    private static ObjectNode some(ObjectNode defaults, String besides, Random random) {
        var names = new ArrayList<String>();
        defaults.fieldNames().forEachRemaining(names::add);
        names.remove(besides);
        var some = JSON.objectNode();
        for (var left = random.nextInt(3); left > 0; left--) {
            var name = names.get(random.nextInt(names.size()));
            some.set(name, defaults.get(name));
        }
        return some;
    }

    private static List<Broken> broken(String path, ObjectNode valid, Random random) {
        var all = new ArrayList<Broken>();
        valid.properties().forEach(field -> {
            var name = field.getKey();
            var other = misspelt(name, random);
            var renamed = valid.deepCopy();
            renamed.set(other, renamed.remove(name));
            all.add(new Broken(name + " called " + other, path, renamed));
            wrongs(name, field.getValue()).forEach(wrong -> {
                var body = valid.deepCopy();
                body.set(name, wrong);
                all.add(new Broken(name + "=" + wrong, path, body));
            });
        });
        return all;
    }

    private static List<JsonNode> wrongs(String name, JsonNode value) {
        var wrongs = new ArrayList<JsonNode>();
        if (value.isValueNode() && !value.isTextual()) {
            wrongs.add(JSON.textNode(value.asText()));
        }
        if (value.isNumber() && !REFERENCES.contains(name)) {
            wrongs.add(JSON.numberNode(-1));
            wrongs.add(JSON.numberNode(3_000_000_000L));
        }
        if (value.isArray() && value.get(0).isValueNode()) {
            var first = value.get(0);
            wrongs.add(first);
            if (first.isNumber()) {
                wrongs.add(JSON.arrayNode().add(first.asText()));
                wrongs.add(JSON.arrayNode().add(first).add(-3));
            } else if (name.equals("enabled_strategies")) {
                wrongs.add(JSON.arrayNode().add(first.asText().substring(1)).add("golden_trend_sync"));
            }
        }
        return wrongs;
    }

    /** Without one of its letters; a short name with one more, since little is left of it otherwise. */
    private static String misspelt(String name, Random random) {
        if (name.length() < 4) {
            return name + name.charAt(name.length() - 1);
        }
        return new StringBuilder(name)
                .deleteCharAt(1 + random.nextInt(name.length() - 1))
                .toString();
    }
}
