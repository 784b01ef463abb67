package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.http.ApiContract.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document by itself, and that what it does not say is noticed. */
class ApiContractTest {
    private static final OpenApi api = OpenApi.read();
    private static final String LIVE =
            "{\"status\":\"alive\",\"uptime\":\"1s\",\"timestamp\":\"2026-02-03T04:05:06Z\"}";
    private static final String REFUSAL = "{\"success\":false,\"data\":null,\"error\":{\"code\":\"NOT_FOUND\","
            + "\"message\":\"m\",\"details\":null,\"field\":null,\"suggestion\":null},"
            + "\"metadata\":{\"environment\":\"test\"},\"timestamp\":\"2026-02-03T04:05:06Z\"}";

    /** A place where the document has a schema. */
    record Place(String where, JsonNode schema, List<JsonNode> examples) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Place> schemas() {
        var places = new ArrayList<Place>();
        collect("", api.document(), places);
        return places.stream();
    }

    /** Bodies of requests and of answers that succeed. */
    static Stream<Place> bodies() {
        return api.document().get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .flatMap(operation ->
                                bodies(operation.getKey() + " " + path.getKey() + " ", operation.getValue())));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaIsOneAndSaysWhatElseAnObjectMayHave(Place place) {
        assertThat(SchemaCheck.findings(place.schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyBodyHasAnExampleThatItsSchemaAllows(Place place) {
        assertThat(place.examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(SchemaCheck.findings(api, place.schema(), example))
                        .as(example.toString())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/strategies",
                "GET /api/v1/strategies/{strategy_id}/schema",
                "GET /api/v1/strategies/{strategy_id}/defaults",
                "GET /api/v1/strategies/{strategy_id}/config",
                "GET /api/v1/strategies/{strategy_id}/config/{symbol}",
                "POST /api/v1/strategies/{strategy_id}/config",
                "POST /api/v1/strategies/{strategy_id}/config/{symbol}",
                "DELETE /api/v1/strategies/{strategy_id}/config",
                "POST /api/v1/strategies/{strategy_id}/rollback",
                "GET /api/v1/strategies/{strategy_id}/audit",
                "POST /api/v1/strategies/cache/refresh",
                "POST /api/v1/config/validate",
                "GET /api/v1/config/application",
                "POST /api/v1/config/application",
                "POST /api/v1/config/application/rollback",
                "POST /api/v1/config/application/restore",
                "GET /api/v1/config/application/audit",
                "POST /api/v1/config/application/cache/refresh",
                "GET /api/v1/strategies/{strategy_id}/lifecycle",
                "POST /api/v1/strategies/{strategy_id}/lifecycle/transition",
                "POST /api/v1/backtest",
                "GET /health",
                "GET /ready",
                "GET /live",
                "GET /metrics",
                "GET /"
            })
    void hasEveryRouteOfThePythonBot(String route) {
        var parts = route.split(" ");
        assertThat(api.methods().get(parts[1])).contains(parts[0]);
    }

    @Test
    void letsPassWhatTheDocumentSays() {
        assertThat(findings("GET", "/live?x=1", 200, LIVE, "Content-Type", "application/json"))
                .isEmpty();
        assertThat(findings("HEAD", "/live", 200, "")).isEmpty();
        assertThat(findings("GET", "/nothing", 404, REFUSAL, "Content-Type", "application/json"))
                .isEmpty();
        assertThat(findings("PUT", "/live", 405, REFUSAL, "Content-Type", "application/json", "Allow", "GET"))
                .isEmpty();
    }

    @Test
    void noticesAStatusAContentTypeAndABodyThatAreNotListed() {
        assertThat(findings("GET", "/live", 202, LIVE, "Content-Type", "application/json"))
                .containsExactly("the status is not listed");
        assertThat(findings("GET", "/live", 200, LIVE, "Content-Type", "text/plain"))
                .containsExactly("the content type is text/plain");
        assertThat(findings("GET", "/live", 200, "{", "Content-Type", "application/json"))
                .containsExactly("the body is no JSON");
        assertThat(findings("GET", "/openapi.json", 304, "{}")).containsExactly("there is a body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"alive\"|\"well\"", "\"1s\"|1", "06Z|99Z", "\"uptime\"|\"up\"", "}$|,\"more\":1}"})
    void noticesAnyChangeOfABody(String change) {
        var body = LIVE.replaceFirst(change.split("\\|")[0], change.split("\\|")[1]);

        assertThat(findings("GET", "/live", 200, body, "Content-Type", "application/json"))
                .isNotEmpty();
    }

    @Test
    void noticesHeadersThatAreMissingWrongOrNotListed() {
        var path = "/api/v1/config/application";
        assertThat(findings("GET", path, 304, "")).containsExactly("there is no ETag");
        assertThat(findings("GET", path, 304, "", "ETag", "7"))
                .singleElement()
                .satisfies(finding -> assertThat(finding).startsWith("ETag"));
        assertThat(findings("GET", "/live", 200, LIVE, "Content-Type", "application/json", "Retry-After", "1"))
                .containsExactly("there is a header Retry-After that is not listed");
    }

    @Test
    void noticesWhatIsNoOperation() {
        assertThat(findings("GET", "/nothing", 200, REFUSAL, "Content-Type", "application/json"))
                .containsExactly("is no operation, and not refused");
        assertThat(findings("PUT", "/live", 405, REFUSAL, "Content-Type", "application/json"))
                .containsExactly("tells no methods that are possible");
        assertThatThrownBy(() -> ApiContract.hold(exchange("GET", "/nothing", 500, "secret")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /nothing -> 500");
    }

    private static List<String> findings(String method, String address, int status, String body, String... headers) {
        return ApiContract.findings(exchange(method, address, status, body, headers));
    }

    private static Exchange exchange(String method, String address, int status, String body, String... headers) {
        return new Exchange(method, address, status, ApiContract.headers(headers), body);
    }

    private static void collect(String where, JsonNode node, List<Place> places) {
        node.properties().forEach(field -> {
            var name = where + "/" + field.getKey();
            if (where.equals("/components/schemas") || field.getKey().equals("schema")) {
                places.add(new Place(name, field.getValue(), List.of()));
            } else if (!Set.of("example", "examples").contains(field.getKey())) {
                collect(name, field.getValue(), places);
            }
        });
        for (var i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            collect(where + "/" + i, node.get(i), places);
        }
    }

    private static Stream<Place> bodies(String where, JsonNode operation) {
        var answered = new TreeSet<String>();
        var bodies = new ArrayList<Place>();
        operation.get("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> response.getValue()
                        .path("content")
                        .properties()
                        .forEach(content -> {
                            content.getValue().path("examples").fieldNames().forEachRemaining(answered::add);
                            bodies.add(body(where + response.getKey() + " " + content.getKey(), content.getValue()));
                        }));
        if (operation.has("requestBody")) {
            var content = operation.at("/requestBody/content/application~1json");
            // The others show what is refused.
            var taken = content.path("examples").properties().stream()
                    .filter(example -> answered.contains(example.getKey()))
                    .map(example -> example.getValue().get("value"))
                    .toList();
            bodies.add(new Place(where + "request", content.get("schema"), taken));
        }
        return bodies.stream();
    }

    private static Place body(String where, JsonNode content) {
        var examples = new ArrayList<JsonNode>();
        content.path("examples").forEach(example -> examples.add(example.get("value")));
        if (content.has("example")) {
            examples.add(content.get("example"));
        }
        return new Place(where, content.get("schema"), examples);
    }
}
