package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Judges values by the schemas of the document, as JSON Schema 2020-12 says, formats included. */
final class SchemaCheck {
    /** Keywords that judge or describe. Any other is a slip that would judge nothing. */
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "items",
            "maxItems",
            "allOf",
            "anyOf",
            "enum",
            "const",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "default");

    private static final Set<String> FORMATS = Set.of("date-time");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<JsonNode, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private SchemaCheck() {}

    /** What is wrong with a value. */
    static List<String> findings(OpenApi api, JsonNode schema, JsonNode value) {
        return COMPILED.computeIfAbsent(schema, it -> compiled(api, it)).validate(value).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    /** What is wrong with a schema itself, those within it included. */
    static List<String> findings(JsonNode schema) {
        var findings = new ArrayList<String>();
        FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"), STRICT)
                .validate(schema)
                .forEach(message -> findings.add(message.toString()));
        walk("", schema, findings);
        return findings;
    }

    /** References lead into the document, so the schema is judged together with what they lead to. */
    private static JsonSchema compiled(OpenApi api, JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set(
                "components",
                JsonNodeFactory.instance
                        .objectNode()
                        .set("schemas", api.document().at("/components/schemas")));
        return FACTORY.getSchema(root, STRICT);
    }

    private static void walk(String where, JsonNode schema, List<String> findings) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword)) {
                findings.add(where + " has the keyword " + keyword);
            }
        });
        if (schema.has("format") && !FORMATS.contains(schema.get("format").asText())) {
            findings.add(where + " has the format " + schema.get("format"));
        }
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            findings.add(where + " does not say whether there may be more properties");
        }
        if (isObject(schema) && !schema.has("properties") && !schema.has("additionalProperties")) {
            findings.add(where + " says nothing of its properties");
        }
        schema.path("properties")
                .properties()
                .forEach(property -> walk(where + "/" + property.getKey(), property.getValue(), findings));
        List.of("items", "additionalProperties", "propertyNames").forEach(keyword -> {
            if (schema.path(keyword).isObject()) {
                walk(where + "/" + keyword, schema.get(keyword), findings);
            }
        });
        List.of("allOf", "anyOf")
                .forEach(keyword -> schema.path(keyword).forEach(part -> walk(where + "/" + keyword, part, findings)));
    }

    private static boolean isObject(JsonNode schema) {
        return schema.path("type").toString().contains("\"object\"");
    }
}
