package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the document promises of every answer: its status, content type, headers and body. The clients of the tests hold
 * each answer that they get to it, so that no test has to ask for it.
 */
public final class ApiContract {
    private static final OpenApi API = OpenApi.read();

    /** Headers that callers act on. One that the document does not list is a finding. */
    private static final List<String> HEADERS = List.of("ETag", "Retry-After", "Location", "WWW-Authenticate");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private static final JsonNode FAILURE =
            JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Failure");

    /** The templates, those with fewer variables first: a word is more than a variable. */
    private static final Map<Pattern, JsonNode> PATHS = API.document().get("paths").properties().stream()
            .sorted(Comparator.comparingInt(path -> path.getKey().split("\\{").length))
            .collect(Collectors.toMap(
                    path -> Pattern.compile(path.getKey().replaceAll("\\{[a-z_]+}", "[^/]+")),
                    Map.Entry::getValue,
                    (first, _) -> first,
                    LinkedHashMap::new));

    /** One request, and what came back. */
    public record Exchange(String method, String address, int status, HttpHeaders headers, String body) {
        /** Without the query, and with what needs no escape unescaped: another spelling is the same address. */
        private String path() {
            return ESCAPE.matcher(address.replaceAll("[?#].*", "")).replaceAll(escape -> {
                var character = Character.toString(Integer.parseInt(escape.group(1), 16));
                return character.matches("[A-Za-z0-9._~-]") ? character : escape.group();
            });
        }

        /** Without its parameters; empty where there is none. */
        private String mediaType() {
            return headers.firstValue("Content-Type").orElse("").replaceAll("\\s*;.*", "");
        }

        private boolean isHead() {
            return method.equals("HEAD");
        }
    }

    private final Exchange exchange;
    private final List<String> findings = new ArrayList<>();

    private ApiContract(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Throws an AssertionError that lists what the document does not say. */
    public static void hold(Exchange exchange) {
        var findings = findings(exchange);
        if (!findings.isEmpty()) {
            throw new AssertionError("openapi.json does not say so of " + exchange.method() + " " + exchange.address()
                    + " -> " + exchange.status() + ":\n  " + String.join("\n  ", findings) + "\n" + exchange.body());
        }
    }

    static List<String> findings(Exchange exchange) {
        var contract = new ApiContract(exchange);
        contract.check();
        return contract.findings;
    }

    private void check() {
        var path = PATHS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(exchange.path()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
        var operation = path.map(it -> it.get(exchange.isHead() ? "get" : lower(exchange.method())));
        if (operation.isPresent()) {
            checkResponse(API.resolve(operation.get().get("responses").path(Integer.toString(exchange.status()))));
        } else if (!exchange.path().startsWith("/docs/") || exchange.status() >= 400) {
            checkElsewhere(path.isPresent());
        }
    }

    /** What is no operation is refused in the envelope. */
    private void checkElsewhere(boolean isPath) {
        report(exchange.status() >= 400, "is no operation, and not refused");
        report(exchange.status() != 405 || isAllowed(), "tells no methods that are possible");
        report(!isPath || exchange.status() != 404, "is a path that exists");
        if (!exchange.isHead()) {
            checkBody("application/json", FAILURE);
        }
    }

    private boolean isAllowed() {
        return exchange.headers().firstValue("Allow").isPresent();
    }

    private void checkResponse(JsonNode response) {
        report(!response.isMissingNode(), "the status is not listed");
        if (response.isMissingNode()) {
            return;
        }
        HEADERS.forEach(name -> checkHeader(name, response.path("headers").path(name)));
        var content = response.path("content");
        if (content.isEmpty() || exchange.isHead()) {
            report(exchange.body().isEmpty(), "there is a body");
            return;
        }
        var media = content.path(exchange.mediaType());
        report(!media.isMissingNode(), "the content type is " + exchange.mediaType());
        if (!media.isMissingNode()) {
            checkBody(exchange.mediaType(), media.get("schema"));
        }
    }

    private void checkHeader(String name, JsonNode header) {
        var value = exchange.headers().firstValue(name);
        report(value.isPresent() || !header.path("required").asBoolean(), "there is no " + name);
        report(value.isEmpty() || !header.isMissingNode(), "there is a header " + name + " that is not listed");
        if (value.isPresent() && !header.isMissingNode()) {
            SchemaCheck.findings(API, header.get("schema"), headerValue(header.get("schema"), value.get()))
                    .forEach(finding -> findings.add(name + finding));
        }
    }

    private static JsonNode headerValue(JsonNode schema, String text) {
        var isNumber = schema.path("type").asText().equals("integer") && text.matches("-?\\d{1,18}");
        return isNumber
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.textNode(text);
    }

    private void checkBody(String mediaType, JsonNode schema) {
        report(exchange.mediaType().equals(mediaType), "the content type is " + exchange.mediaType());
        value(mediaType)
                .ifPresentOrElse(
                        value -> findings.addAll(SchemaCheck.findings(API, schema, value)),
                        () -> findings.add("the body is no JSON"));
    }

    private Optional<JsonNode> value(String mediaType) {
        if (!mediaType.equals("application/json")) {
            return Optional.of(JsonNodeFactory.instance.textNode(exchange.body()));
        }
        try {
            return Optional.of(Client.json(exchange.body()));
        } catch (UncheckedIOException notJson) {
            return Optional.empty();
        }
    }

    private void report(boolean isFine, String finding) {
        if (!isFine) {
            findings.add(finding);
        }
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    /** The headers as the document's checks read them. */
    static HttpHeaders headers(String... namesAndValues) {
        var pairs = Stream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
                .collect(Collectors.toMap(i -> namesAndValues[i], i -> List.of(namesAndValues[i + 1])));
        return HttpHeaders.of(pairs, (_, _) -> true);
    }
}
