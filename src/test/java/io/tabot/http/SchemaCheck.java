package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Holds values against the schemas of the document: as much of JSON Schema as those use, and nothing that they don't.
 */
final class SchemaCheck {
    private static final List<String> KNOWN = List.of(
            "$ref",
            "type",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "format",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "default");

    private final OpenApi api;
    private final List<String> findings = new ArrayList<>();

    private SchemaCheck(OpenApi api) {
        this.api = api;
    }

    static List<String> findings(OpenApi api, JsonNode schema, JsonNode value) {
        var check = new SchemaCheck(api);
        check.check("", schema, value);
        return check.findings;
    }

    private void check(String where, JsonNode reference, JsonNode value) {
        var schema = api.resolve(reference);
        schema.fieldNames()
                .forEachRemaining(keyword -> report(KNOWN.contains(keyword), where, "is checked by " + keyword));
        report(
                !schema.has("type") || types(schema).anyMatch(type -> is(type, value)),
                where,
                "is no " + schema.path("type"));
        report(!schema.has("const") || schema.get("const").equals(value), where, "is not " + schema.path("const"));
        report(
                !schema.has("enum") || stream(schema.get("enum")).anyMatch(value::equals),
                where,
                "is none of " + schema.path("enum"));
        report(
                !value.isNumber() || value.asDouble() >= schema.path("minimum").asDouble(value.asDouble()),
                where,
                "is too small");
        report(
                !value.isNumber() || value.asDouble() <= schema.path("maximum").asDouble(value.asDouble()),
                where,
                "is too large");
        if (value.isObject()) {
            checkObject(where, schema, value);
        } else if (value.isArray() && schema.has("items")) {
            value.forEach(item -> check(where + "[]", schema.get("items"), item));
        }
    }

    private void checkObject(String where, JsonNode schema, JsonNode value) {
        schema.path("required")
                .forEach(name -> report(value.has(name.asText()), where + "." + name.asText(), "is missing"));
        value.properties().forEach(field -> {
            var name = where + "." + field.getKey();
            var property = schema.path("properties").path(field.getKey());
            var others = schema.path("additionalProperties");
            if (!property.isMissingNode()) {
                check(name, property, field.getValue());
            } else if (others.isObject()) {
                check(name, others, field.getValue());
            } else {
                report(others.asBoolean(true), name, "is not in the schema");
            }
        });
    }

    private void report(boolean isFine, String where, String what) {
        if (!isFine) {
            findings.add(where + " " + what);
        }
    }

    private static Stream<String> types(JsonNode schema) {
        var type = schema.get("type");
        return type.isArray() ? stream(type).map(JsonNode::asText) : Stream.of(type.asText());
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
