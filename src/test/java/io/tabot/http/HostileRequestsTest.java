package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an attacker or a slip may send to each operation of the document, by an admin's token: always a refusal in
 * the envelope, with a status that the operation lists, and nothing changed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileRequestsTest {
    private static final int HEAP_ATTEMPTS = 3;
    private static final OpenApi api = OpenApi.read();
    private static final String GOOD = "{\"changed_by\": \"x\"}";

    /** Words that only a trace of the program has. */
    private static final List<String> TRACES = List.of("Exception", "\tat ", "io.tabot", "org.apache", "com.fasterxml");

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    static Stream<OpenApi.Operation> operations() {
        return api.operations().stream();
    }

    static Stream<OpenApi.Operation> operationsWithBody() {
        return operations().filter(OpenApi.Operation::hasBody);
    }

    static Stream<OpenApi.Operation> operationsWithVariable() {
        return operations().filter(operation -> operation.path().contains("{"));
    }

    @AfterEach
    void nothingChanged() {
        var config = client.get("/api/v1/config", Holders.VIEWER.headers());
        assertThat(config.at("/metadata/revision").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void needsAToken(OpenApi.Operation operation) {
        assertRefused(operation, send(operation, GOOD), 401);
        assertRefused(operation, send(operation, GOOD, "Authorization", "Bearer " + Holders.unknown()), 401);
        assertRefused(operation, send(operation, GOOD, "Authorization", "Bearer " + "x".repeat(7_000)), 401);
        assertRefused(operation, send(operation, GOOD, Holders.ELSEWHERE.headers()), 403);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void hasTheMethodsOfTheDocumentAndNoOther(OpenApi.Operation operation) {
        var documented = api.methods().get(operation.path());
        for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            if (!documented.contains(method)) {
                var reply = client.send(method, address(operation), null, Holders.ADMIN.headers());
                assertEnvelope(reply);
                assertThat(reply.status()).as(method).isEqualTo(405);
                assertThat(reply.header("Allow").orElse("").split(", ")).containsAll(documented);
            }
        }
    }

    @Test
    void whatNeedsNoTokenCanOnlyBeRead() {
        var open = api.methods().keySet().stream()
                .filter(path -> !path.startsWith("/api/") && !path.equals("/mcp"))
                .toList();
        assertThat(open).contains("/live", "/ready", "/health", "/metrics");
        for (var path : open) {
            for (var method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                var reply = client.send(method, path, GOOD);
                assertEnvelope(reply);
                assertThat(reply.status()).as("%s %s", method, path).isEqualTo(405);
            }
            var trick =
                    client.get(path + "?environment=" + encoded("a\r\nX-Injected: 1"), "Origin", "https://b.example");
            assertThat(trick.status()).as(path).isEqualTo(200);
            assertThat(trick.headers().map()).doesNotContainKeys("x-injected", "access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void takesJsonAlone(OpenApi.Operation operation) {
        for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "*/*")) {
            assertRefused(operation, sendAs(type, operation, GOOD), 415, 400);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void takesWellFormedJsonAlone(OpenApi.Operation operation) {
        for (var body : malformed()) {
            assertRefused(operation, sendAs("application/json", operation, body), 400);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void takesNoLongBody(OpenApi.Operation operation) {
        var long10 = "{\"changed_by\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}";

        assertRefused(operation, sendAs("application/json", operation, long10), 413);
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void judgesEachFieldThatItDoesNotExpect(OpenApi.Operation operation) {
        for (var value :
                List.of("1e400", "-1e400", "9".repeat(99), "{}", "[[]]", "true", "\"\\u0000\"", "\"\\ud800\"")) {
            var body = "{\"parameters\": {\"rsi_period\": " + value + "}, \"strategy_id\": " + value + ", \"symbols\": "
                    + value + ", \"min_confidence\": " + value + ", \"target_version\": " + value
                    + ", \"to_state\": " + value + ", \"constructor\": " + value + "}";
            // A validation that finds mistakes has succeeded.
            assertRefused(operation, sendAs("application/json", operation, body), 422, 404, 400);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithVariable")
    void takesNoTrickForANameInThePath(OpenApi.Operation operation) {
        for (var trick : tricks()) {
            // Dots alone are resolved before there are names: they make another address, and no secret one.
            if (trick.equals("..")) {
                continue;
            }
            var path = operation.path().replaceAll("\\{[a-z_]+}", encoded(trick).replace("$", "\\$"));
            var reply = client.send(operation.method(), path, body(operation), headers(operation));
            assertEnvelope(reply);
            assertThat(reply.status()).as(path).isIn(400, 404, 405, 422);
            assertThat(reply.headers().map()).doesNotContainKey("x-injected");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesNoTrickInTheQuery(OpenApi.Operation operation) {
        for (var trick : tricks()) {
            var environment = send(operation, "?environment=" + encoded(trick), GOOD);
            var unknown = send(operation, "?" + encoded(trick) + "=1", GOOD);

            assertRefused(operation, environment, 404);
            // A body that is missing something is noticed first where the query is a part of it.
            assertRefused(operation, unknown, 422, 404);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void survivesWhatIsNoHttp(OpenApi.Operation operation) {
        var start = operation.method() + " " + address(operation);
        var token = "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + Holders.ADMIN.token();
        for (var request : List.of(
                start + "?symbol=%zz HTTP/1.1" + token,
                start + "?symbol=%00%ff HTTP/1.1" + token,
                start + "?a=" + "x".repeat(8_000) + " HTTP/1.1" + token,
                start + " HTTP/1.1" + token + "\r\nX-Long: " + "x".repeat(20_000),
                start + " HTTP/1.1" + token + "\r\nContent-Length: -1",
                start + " HTTP/1.1" + token + "\r\nContent-Length: 5\r\nContent-Length: 7",
                start + " HTTP/1.1" + token + "\r\nno colon here",
                start + " HTTP/9.9" + token)) {
            var reply = RawHttp.send(served.running().port(), request + "\r\n\r\n");
            // What comes with another version of HTTP is no request of any operation.
            assertThat(reply.status() == 505 || operation.lists(reply.status()))
                    .as("%d %s", reply.status(), reply.body())
                    .isTrue();
            assertThat(reply.status()).isNotEqualTo(500);
            assertThat(api.errorCodes())
                    .contains(Client.json(reply.body()).at("/error/code").asText());
            assertThat(reply.head() + reply.body()).doesNotContain(TRACES).doesNotContain(Holders.ADMIN.token());
        }
    }

    /** After the others, which have sent all of it once: what is made at the first request is there. */
    @Tag("long")
    @Test
    @Order(Integer.MAX_VALUE)
    void leavesNothingOnTheHeap() {
        var before = Heap.used();
        var after = heapAfterTwoBatteries();
        // What is made once and kept, such as the arrays of a thread, comes once; a leak comes again each time.
        for (var attempt = 1; attempt < HEAP_ATTEMPTS && after >= before + before / 5; attempt++) {
            before = after;
            after = heapAfterTwoBatteries();
        }

        assertThat(after).isLessThan(before + before / 5);
    }

    private long heapAfterTwoBatteries() {
        battery();
        battery();
        return Heap.used();
    }

    private void battery() {
        operations().forEach(operation -> {
            needsAToken(operation);
            takesNoTrickInTheQuery(operation);
        });
        operationsWithBody().forEach(operation -> {
            takesWellFormedJsonAlone(operation);
            takesNoLongBody(operation);
        });
    }

    private static List<String> malformed() {
        var bodies = new ArrayList<>(List.of("", " ", "{", "[]", "null", "1", "{\"changed_by\": \"x\"", GOOD + GOOD));
        bodies.add("{\"changed_by\": \"x\", \"changed_by\": \"y\"}");
        bodies.add("{\"a\": NaN}");
        bodies.add("{\"a\": Infinity}");
        bodies.add("{\"a\": " + "9".repeat(5_000) + "}");
        bodies.add("{\"a\": 1e" + "9".repeat(200) + "}");
        bodies.add("[".repeat(30_000));
        bodies.add("{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000));
        return bodies;
    }

    private static List<String> tricks() {
        return List.of(
                "..",
                "../../etc/passwd",
                "..\\..\\windows",
                "a\r\nX-Injected: 1",
                "a\u0000b",
                "ＢＴＣＵＳＤＴ",
                "BTCUSDТ",
                "BTC\u200bUSDT",
                "\u202eTDSUCTB",
                "' OR 1=1 --",
                "<script>alert(1)</script>",
                "${jndi:ldap://x}",
                "x".repeat(2_000));
    }

    private static Client.Reply sendAs(String type, OpenApi.Operation operation, String body) {
        var request = HttpRequest.newBuilder()
                .method(operation.method(), BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .header("Content-Type", type);
        return client.send(request, address(operation), Holders.ADMIN.headers());
    }

    private static Client.Reply send(OpenApi.Operation operation, String query, String body) {
        return client.send(
                operation.method(), address(operation) + query, operation.hasBody() ? body : null, headers(operation));
    }

    private static Client.Reply send(OpenApi.Operation operation, String body, String... headers) {
        var typed = Stream.concat(Stream.of(headers), Stream.of("Content-Type", "application/json"))
                .toArray(String[]::new);
        return client.send(operation.method(), address(operation), operation.hasBody() ? body : null, typed);
    }

    private static String body(OpenApi.Operation operation) {
        return operation.hasBody() ? GOOD : null;
    }

    private static String[] headers(OpenApi.Operation operation) {
        return operation.hasBody()
                ? new String[] {"Authorization", "Bearer " + Holders.ADMIN.token(), "Content-Type", "application/json"}
                : Holders.ADMIN.headers();
    }

    private static String address(OpenApi.Operation operation) {
        return operation
                .path()
                .replace("{strategy_id}", "rsi_extreme_reversal")
                .replace("{symbol}", "BTCUSDT")
                .replace("{logger}", "ROOT")
                .replace("{intent_id}", "0".repeat(32));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void assertRefused(OpenApi.Operation operation, Client.Reply reply, Integer... statuses) {
        assertEnvelope(reply);
        assertThat(reply.status()).as(reply.text()).isIn(Set.of(statuses));
        assertThat(operation.lists(reply.status()))
                .as("%s lists %d", operation, reply.status())
                .isTrue();
    }

    private static void assertEnvelope(Client.Reply reply) {
        assertThat(SchemaCheck.findings(api, api.document().at("/components/schemas/Failure"), reply.json()))
                .as(reply.text())
                .isEmpty();
        assertThat(reply.text()).doesNotContain(TRACES);
    }
}
