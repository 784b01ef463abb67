package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Requests made of the OpenApi document by chance: as it says, nearly so, and garbage. One seed, one sequence. */
final class RandomRequests {
    /** What to send, and to which operation. */
    record Request(OpenApi.Operation operation, String path, String body, List<String> headers) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> WORDS = List.of(
            "BTCUSDT",
            "ETHUSDT",
            "btcusdt",
            "rsi_extreme_reversal",
            "momentum_pulse",
            "rsi_extreme_reversl",
            "5m",
            "python",
            "production",
            "test",
            "1",
            "-1",
            "true",
            "2026-02-03T04:05:06Z",
            "test-1",
            "registered",
            "",
            " ",
            "...",
            "\u0000",
            "\ud83d\ude00",
            "Ω".repeat(300),
            "'; DROP TABLE x",
            "\"*\"");

    private static final List<String> NAMES = List.of("changed_by", "paused", "validate_only", "__proto__", "", "a.b");

    private final OpenApi api;
    private final Random random;
    private final List<OpenApi.Operation> operations;

    RandomRequests(OpenApi api, long seed) {
        this.api = api;
        this.random = new Random(seed);
        this.operations = api.operations();
    }

    Request next() {
        var operation = pick(operations);
        var headers = new ArrayList<String>();
        authorize(headers);
        var query = new StringBuilder();
        var path = operation.path();
        for (var reference : operation.node().path("parameters")) {
            var parameter = api.resolve(reference);
            var name = parameter.get("name").asText();
            switch (parameter.get("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(variable(parameter)));
                case "query" -> query.append(maybe(name, parameter));
                case "header" -> header(name, parameter, headers);
                default -> throw new IllegalStateException("a parameter in " + parameter.get("in"));
            }
        }
        if (chance(20)) {
            query.append('&').append(encoded(pick(WORDS))).append('=').append(encoded(pick(WORDS)));
        }
        if (operation.isStream()) {
            // Or it would go on for ever.
            query = new StringBuilder(query.toString().replaceAll("&follow=[^&]*", "") + "&follow=false");
        }
        var body = operation.hasBody() ? body(operation, headers) : null;
        return new Request(operation, query.isEmpty() ? path : path + "?" + query.substring(1), body, headers);
    }

    private void authorize(List<String> headers) {
        if (chance(20)) {
            return;
        }
        var token = chance(20)
                ? Holders.unknown()
                : chance(5) ? pick(List.of(Holders.values())).token() : operator();
        headers.addAll(chance(10) ? List.of(Holders.INTERNAL, token) : List.of("Authorization", "Bearer " + token));
    }

    private String operator() {
        return (chance(6) ? Holders.AGENT : Holders.OPERATOR).token();
    }

    private String variable(JsonNode parameter) {
        return chance(4) ? pick(WORDS) : parameter.path("example").asText("BTCUSDT");
    }

    private String maybe(String name, JsonNode parameter) {
        if (!chance(3)) {
            return "";
        }
        var value = chance(3) ? pick(WORDS) : text(valid(parameter.get("schema"), name));
        return "&" + encoded(name) + "=" + encoded(name.equals("environment") && !chance(5) ? "test" : value);
    }

    private void header(String name, JsonNode parameter, List<String> headers) {
        if (chance(6)) {
            var value = chance(2) ? "\"" + random.nextInt(60) + "\"" : text(valid(parameter.get("schema"), name));
            headers.add(name);
            headers.add(value.replaceAll("[^\\x20-\\x7e]", "?"));
        }
    }

    private String body(OpenApi.Operation operation, List<String> headers) {
        if (!chance(30)) {
            headers.add("Content-Type");
            headers.add(chance(30) ? "text/plain" : "application/json");
        }
        var content = operation.node().at("/requestBody/content/application~1json");
        var body = chance(3) ? example(content) : valid(content.get("schema"), "");
        for (var mutations = chance(2) ? random.nextInt(3) : 0; mutations > 0; mutations--) {
            mutate(body);
        }
        var text = body.toString();
        return chance(25) ? text.substring(0, random.nextInt(text.length() + 1)) : text;
    }

    private JsonNode example(JsonNode content) {
        var examples = StreamSupport.stream(content.path("examples").spliterator(), false)
                .toList();
        return examples.isEmpty()
                ? JSON.objectNode()
                : pick(examples).get("value").deepCopy();
    }

    /** A value that the schema allows, as far as the schema says. */
    private JsonNode valid(JsonNode reference, String name) {
        var schema = api.resolve(reference);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return pick(StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .toList());
        }
        var type = schema.path("type");
        var named = type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText("string");
        return switch (named) {
            case "object" -> object(schema);
            case "array" -> array(schema, name);
            case "integer" -> JSON.numberNode(between(schema, 100));
            case "number" -> JSON.numberNode(between(schema, 1) + random.nextInt(100) / 100.0);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(name.equals("changed_by") ? "ops-7" : pick(WORDS));
        };
    }

    private long between(JsonNode schema, int range) {
        return schema.path("minimum").asLong(0) + random.nextInt(range + 1);
    }

    private ObjectNode object(JsonNode schema) {
        var object = JSON.objectNode();
        var required = required(schema);
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || chance(4)) {
                object.set(property.getKey(), valid(property.getValue(), property.getKey()));
            }
        });
        if (schema.path("additionalProperties")
                .asBoolean(schema.path("properties").isMissingNode())) {
            object.set(pick(List.of("rsi_period", "oversold_threshold", "enabled", "nothing")), anything());
        }
        return object;
    }

    /** The fields that there must be; of alternatives, one. */
    private List<String> required(JsonNode schema) {
        var names = new ArrayList<>(texts(schema.path("required")));
        schema.path("allOf").forEach(part -> {
            var alternatives = part.get("anyOf");
            names.addAll(
                    texts(alternatives.get(random.nextInt(alternatives.size())).get("required")));
        });
        return names;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private ArrayNode array(JsonNode schema, String name) {
        var array = JSON.arrayNode();
        for (var left = random.nextInt(4); left > 0; left--) {
            array.add(schema.has("items") ? valid(schema.get("items"), name) : anything());
        }
        return array;
    }

    private void mutate(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        names.addAll(NAMES);
        var name = pick(names);
        switch (random.nextInt(3)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name, anything());
            default -> mutate(object.path(name));
        }
    }

    private JsonNode anything() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(200) - 50);
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
            case 5 -> JSON.arrayNode().add(pick(WORDS)).add(1);
            case 6 -> JSON.objectNode().put(pick(WORDS), pick(WORDS));
            default -> JSON.textNode(pick(WORDS));
        };
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
