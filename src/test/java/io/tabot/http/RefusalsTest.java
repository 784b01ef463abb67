package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tabot.testing.TestCluster;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is refused: always in the envelope, and nothing changed. */
class RefusalsTest {
    private static final String PATH = "/api/v1/config/application";
    private static final String GOOD = "{'paused': true, 'changed_by': 'ops'}";
    private static final int PORT_ELSEWHERE = 9;

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @AfterEach
    void nothingChanged() {
        assertThat(client.get(PATH).at("/data/revision").asLong()).isEqualTo(1);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "{",
                "{'paused': true",
                "{'paused': true} extra",
                "{'paused': true}{'paused': false}",
                "[]",
                "null",
                "42",
                "'text'",
                "{'paused': true, 'paused': false, 'changed_by': 'ops'}",
                "{'min_confidence': NaN, 'changed_by': 'ops'}",
                "{'min_confidence': Infinity, 'changed_by': 'ops'}",
                "{'min_confidence': -Infinity, 'changed_by': 'ops'}",
                "{'max_positions': 0x10, 'changed_by': 'ops'}",
                "{'max_positions': 007, 'changed_by': 'ops'}",
                "{paused: true}",
                "/* comment */ " + GOOD,
                "{'paused': true, }",
                "{'changed_by': 'a\nb'}",
                "{'changed_by': '\\q'}",
                "{'max_positions': " + "9".repeat(200) + ", 'changed_by': 'ops'}",
                "[".repeat(5_000),
                "{'symbols': " + "[".repeat(100) + "]".repeat(100) + ", 'changed_by': 'ops'}");
    }

    @Test
    void aSlashAtTheEndMakesAnotherPathAndTheRightOneIsNamed() {
        var reply = client.get(PATH + "/");

        assertRefused(reply, 404, "NOT_FOUND");
        assertThat(reply.at("/error/suggestion").asText()).isEqualTo("did you mean " + PATH + "?");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNoPlainJsonObject(String body) {
        var reply = client.post(PATH, body);

        assertRefused(reply, 400, "MALFORMED_JSON");
        assertThat(reply.at("/error/message").asText())
                .startsWith("the body ")
                .doesNotContain("com.fasterxml", "java.", "Feature", "Source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"  \" | is empty",
                "{ | ends too early at line 1, column 2",
                "{'paused': NaN} | is not JSON at line 1, column 15",
                "{'paused': maybe} | is not JSON at line 1, column 12",
                "{'paused': true} {} | has more after its end at line 1, column 18",
                "{'paused': true, 'paused': true} | has a name twice in one object at line 1, column 26",
                "[] | must be a JSON object"
            })
    void saysInItsOwnWordsWhereABodyIsNoJson(String body, String message) {
        assertThat(client.post(PATH, body).at("/error/message").asText()).isEqualTo("the body " + message);
    }

    @Test
    void saysThatANumberIsTooLong() {
        var reply = client.post(PATH, "{'max_positions': " + "9".repeat(200) + "}");

        assertThat(reply.at("/error/message").asText())
                .isEqualTo("the body is nested too deeply or has too long a number or text");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        var request = HttpRequest.newBuilder()
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));

        assertRefused(client.send(request, PATH, "Content-Type", "application/json"), 400, "MALFORMED_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "true", "'0.5'", "[0.5]", "{}"})
    void refusesWhatIsNoNumberWhereOneBelongs(String value) {
        var reply = client.post(PATH, "{'min_confidence': " + value + ", 'changed_by': 'ops'}");

        assertRefused(reply, 422, "VALIDATION_ERROR");
        assertThat(reply.at("/error/details/errors/0/code").asText()).isEqualTo("INVALID_TYPE");
    }

    @Test
    void refusesAnUnknownRouteAndSuggestsTheOneNextToIt() {
        var reply = client.get("/api/v1/config/aplication");

        assertRefused(reply, 404, "NOT_FOUND");
        assertThat(reply.at("/error/suggestion").asText()).isEqualTo("did you mean /api/v1/config/application?");
        assertRefused(client.get("/../../etc/passwd"), 404, "NOT_FOUND");
        assertRefused(client.get("/api/v1/config/"), 404, "NOT_FOUND");
    }

    @Test
    void refusesAWrongMethodAndNamesThePossibleOnes() {
        var delete = client.send("DELETE", PATH, null);
        var get = client.get(PATH + "/rollback");

        assertRefused(delete, 405, "METHOD_NOT_ALLOWED");
        assertThat(delete.header("Allow")).contains("GET, HEAD, POST");
        assertRefused(get, 405, "METHOD_NOT_ALLOWED");
        assertThat(get.header("Allow")).contains("POST");
        assertRefused(client.send("OPTIONS", PATH, null), 405, "METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/rollback", "/restore", "/cache/refresh"})
    void refusesAParameterThatAChangeDoesNotKnow(String route) {
        var reply = client.post(PATH + route + "?enviroment=test", GOOD);

        assertRefused(reply, 422, "VALIDATION_ERROR");
        assertThat(reply.at("/error/field").asText()).isEqualTo("enviroment");
        assertThat(reply.at("/error/suggestion").asText()).isEqualTo("use environment instead of enviroment");
    }

    @Test
    void refusesABodyOfAnotherType() {
        var form = client.send("POST", PATH, "paused=true", "Content-Type", "application/x-www-form-urlencoded");
        var text = client.send("POST", PATH, GOOD, "Content-Type", "text/plain");
        var none = client.send("POST", PATH, GOOD);

        assertRefused(form, 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(form.at("/error/suggestion").asText()).isEqualTo("send Content-Type: application/json");
        assertRefused(text, 415, "UNSUPPORTED_MEDIA_TYPE");
        assertRefused(none, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    /** Repeated, as a caller who is cut off while sending fails only now and then. */
    @RepeatedTest(20)
    void refusesABodyThatIsTooLongWhetherItSaysSoOrNot() {
        var body = "{\"reason\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}";
        var announced = client.post(PATH, body);
        var chunked = client.send(
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))),
                PATH,
                "Content-Type",
                "application/json");

        assertRefused(announced, 413, "PAYLOAD_TOO_LARGE");
        assertRefused(chunked, 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void refusesChangesUnderAForeignNameOrFromAForeignPage() {
        var port = served.running().port();
        var foreign = RawHttp.post(port, PATH, GOOD, "Host: evil.example:" + port);
        var rebound = RawHttp.post(port, PATH, GOOD, "Host: 192.168.1.7:" + port);
        var page = client.post(PATH, GOOD, "Origin", "https://evil.example");
        var otherPort = client.post(PATH, GOOD, "Origin", "http://127.0.0.1:" + PORT_ELSEWHERE);
        var sandboxed = client.post(PATH, GOOD, "Origin", "null");
        var refresh = client.send("POST", PATH + "/cache/refresh", null, "Origin", "https://evil.example");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(Client.json(foreign.body()).at("/error/code").asText()).isEqualTo("FORBIDDEN");
        assertThat(rebound.status()).isEqualTo(403);
        Stream.of(page, otherPort, sandboxed, refresh).forEach(reply -> assertRefused(reply, 403, "FORBIDDEN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.8.9.10"})
    void takesRequestsUnderEveryNameOfThisMachineFromItsOwnPages(String host) {
        var authority = host + ":" + served.running().port();
        var dryRun = "{'paused': true, 'changed_by': 'ops', 'validate_only': true}";

        var reply = RawHttp.post(
                served.running().port(), PATH, dryRun, "Host: " + authority, "Origin: http://" + authority);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void answersWhatIsNoHttpInTheEnvelope() {
        var port = served.running().port();
        var garbage = RawHttp.send(port, "HELLO WORLD, HOW ARE YOU?\r\n\r\n");
        var longHeader =
                RawHttp.send(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
        var longUri = RawHttp.send(port, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var badEscape = RawHttp.send(
                port, "GET " + PATH + "?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Stream.of(garbage, longHeader, longUri, badEscape).forEach(reply -> {
            assertThat(reply.status()).as(reply.body()).isBetween(400, 505);
            assertThat(Client.json(reply.body()).at("/error/code").asText()).isEqualTo("MALFORMED_REQUEST");
            assertThat(Client.json(reply.body()).at("/metadata/environment").asText())
                    .isEqualTo("test");
        });
        assertThat(longUri.status()).isEqualTo(414);
        assertThat(longHeader.status()).isEqualTo(431);
    }

    @Test
    void aHeaderThatCanNotBeReadIsTheCallersBusinessNotTheLogs() {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        root.addAppender(logged);
        try {
            assertRefused(client.post(PATH, GOOD, "If-Match", "3, secret"), 400, "MALFORMED_REQUEST");
            // Takes the same way to the log as what Pekko says, so that it comes behind.
            Adapter.toClassic(served.running().actors.system()).log().warning("after it");
            TestCluster.eventually(() -> List.copyOf(logged.list), events -> !events.isEmpty());
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("after it");
    }

    @Test
    void tellsNothingAboutTheServer() {
        assertThat(client.get(PATH).header("Server")).isEmpty();
        assertThat(client.get(PATH).header("X-Content-Type-Options")).contains("nosniff");
    }

    private static void assertRefused(Client.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly("success", "data", "error", "metadata", "timestamp");
        assertThat(reply.at("/success").asBoolean()).isFalse();
        assertThat(reply.at("/data").isNull()).isTrue();
        assertThat(reply.at("/error").fieldNames())
                .toIterable()
                .containsExactly("code", "message", "details", "field", "suggestion");
        assertThat(reply.at("/error/code").asText()).isEqualTo(code);
        assertThat(reply.at("/metadata/environment").asText()).isEqualTo("test");
        assertThat(reply.header("Content-Type")).contains("application/json");
    }
}
