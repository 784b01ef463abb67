package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The OpenAPI document that is served, as tests read it. Its examples carry what it takes to execute them: a request
 * example of the same name or {@code x-request} (body, headers, query, path), and {@code x-given} for a situation.
 */
final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** A method of a path, with what the document says of it. */
    record Operation(String method, String path, JsonNode node) {
        boolean hasBody() {
            return node.has("requestBody");
        }

        /** Whether an answer may have no end. */
        boolean isStream() {
            return node.at("/responses/200/content").has("text/event-stream");
        }

        /** Whether the document lists an answer with this status. */
        boolean lists(int status) {
            return node.get("responses").has(Integer.toString(status));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** One documented answer, with the request that leads to it. */
    record Example(
            String name,
            String method,
            String path,
            String body,
            Map<String, String> headers,
            int status,
            String given,
            JsonNode value,
            JsonNode schema) {
        @Override
        public String toString() {
            return method + " " + path + " -> " + status + " (" + name + ")";
        }
    }

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi read() {
        try (var stream = Objects.requireNonNull(OpenApi.class.getResourceAsStream("/openapi.json"))) {
            return new OpenApi(Client.json(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** The methods of each path. */
    Map<String, Set<String>> methods() {
        var methods = new TreeMap<String, Set<String>>();
        document.get("paths").properties().forEach(path -> {
            var names = new TreeSet<String>();
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> names.add(method.toUpperCase(java.util.Locale.ROOT)));
            methods.put(path.getKey(), names);
        });
        return methods;
    }

    /** Every operation below {@code /api/}: those that tokens guard. */
    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .filter(_ -> path.getKey().startsWith("/api/"))
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                operation.getValue()))));
        return operations;
    }

    /** The codes that an error may have. */
    List<String> errorCodes() {
        var codes = new ArrayList<String>();
        document.at("/components/schemas/Problem/properties/code/enum").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    List<Example> examples() {
        var examples = new ArrayList<Example>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operation
                                .getValue()
                                .get("responses")
                                .properties()
                                .forEach(response -> {
                                    var content = resolve(response.getValue()).at("/content/application~1json");
                                    content.path("examples")
                                            .properties()
                                            .forEach(example -> examples.add(new Case(
                                                            path.getKey(),
                                                            operation.getKey(),
                                                            operation.getValue(),
                                                            example.getKey(),
                                                            example.getValue())
                                                    .example(
                                                            this,
                                                            Integer.parseInt(response.getKey()),
                                                            content.get("schema"))));
                                })));
        return examples;
    }

    /** The request examples of an operation that no documented answer belongs to. */
    List<String> unanswered() {
        var unanswered = new ArrayList<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var names = new TreeSet<String>();
                    operation
                            .getValue()
                            .at("/requestBody/content/application~1json/examples")
                            .fieldNames()
                            .forEachRemaining(names::add);
                    operation
                            .getValue()
                            .get("responses")
                            .forEach(response -> resolve(response)
                                    .at("/content/application~1json/examples")
                                    .fieldNames()
                                    .forEachRemaining(names::remove));
                    names.forEach(name -> unanswered.add(operation.getKey() + " " + path.getKey() + ": " + name));
                }));
        return unanswered;
    }

    /** What a reference refers to; anything else as it is. */
    JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private record Case(String path, String method, JsonNode operation, String name, JsonNode example) {
        Example example(OpenApi api, int status, JsonNode schema) {
            return new Example(
                    name,
                    method.toUpperCase(java.util.Locale.ROOT),
                    address(api),
                    body(),
                    headers(),
                    status,
                    example.path("x-given").asText(),
                    example.get("value"),
                    schema);
        }

        private String address(OpenApi api) {
            var address = path;
            for (var parameter : operation.path("parameters")) {
                var resolved = api.resolve(parameter);
                var variable = resolved.get("name").asText();
                var value = example.path("x-request")
                        .path("path")
                        .path(variable)
                        .asText(resolved.path("example").asText());
                address = address.replace("{" + variable + "}", value);
            }
            var query = example.path("x-request").path("query").asText();
            return query.isEmpty() ? address : address + "?" + query;
        }

        private String body() {
            var given = example.path("x-request").path("body");
            if (given.isTextual()) {
                return given.asText();
            }
            var request = operation.at("/requestBody/content/application~1json/examples/" + name + "/value");
            return request instanceof MissingNode ? null : request.toString();
        }

        private Map<String, String> headers() {
            var headers = new TreeMap<String, String>();
            if (body() != null) {
                headers.put("Content-Type", "application/json");
            }
            example.path("x-request")
                    .path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            return headers;
        }
    }
}
