package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tabot.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An API with access tokens: who is let in, as whom, and how often. */
class AccessTest {
    private static final String PATH = "/api/v1/config/application";
    private static final String RSI = "/api/v1/strategies/rsi_extreme_reversal/config";

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/ready", "/health", "/metrics", "/", "/docs", "/openapi.json"})
    void probesMetricsAndDocumentationNeedNoToken(String path) {
        assertThat(client.get(path).status()).isEqualTo(200);
    }

    @Test
    void withoutATokenNothingIsShownAndNothingChanged() {
        var before = revision();

        var read = client.get(PATH);
        var change = client.post(PATH, change(31));

        Stream.of(read, change).forEach(reply -> {
            assertRefused(reply, 401, "UNAUTHORIZED");
            assertThat(reply.header("WWW-Authenticate")).contains("Bearer realm=\"ta-bot\"");
        });
        assertThat(revision()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer UNKNOWN",
                "Bearer",
                "Bearer ",
                "Bearer  ",
                "Bearer secret",
                "Bearer OPERATOR x",
                "Bearer OPERATORx",
                "Bearer xOPERATOR",
                "Basic OPERATOR",
                "OPERATOR",
                "Token OPERATOR",
                "Bearer, OPERATOR"
            })
    void aTokenThatIsNotKnownOpensNothing(String authorization) {
        var value = authorization.replace("UNKNOWN", Holders.unknown()).replace("OPERATOR", Holders.OPERATOR.token());

        assertRefused(client.get(PATH, "Authorization", value), 401, "UNAUTHORIZED");
    }

    @Test
    void saysThatATokenIsWrongWithoutRepeatingIt() {
        var reply = client.get(PATH, "Authorization", "Bearer " + Holders.unknown());

        assertThat(reply.header("WWW-Authenticate")).contains("Bearer realm=\"ta-bot\", error=\"invalid_token\"");
        assertThat(reply.text()).doesNotContain(Holders.unknown());
    }

    /** Each address says the same to a matcher of paths, and something else to one of texts. */
    @ParameterizedTest
    @ValueSource(strings = {"/%61pi/v1/config", "/api/%76%31/config", "/api/v1/%63onfig/application"})
    void noSpellingOfAnAddressGoesAroundTheGate(String path) {
        assertThat(client.get(path).status()).isIn(401, 404);
        assertThat(client.get("/" + path).status()).isIn(401, 404);
        assertThat(client.get(path, Holders.VIEWER.headers()).status()).isIn(200, 404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Holders.class,
            names = {"VIEWER", "PROPOSER", "OPERATOR", "AGENT", "ADMIN"})
    void everyKnownTokenReads(Holders holder) {
        assertThat(client.get(PATH, holder.headers()).status()).isEqualTo(200);
        assertThat(client.get(PATH, "authorization", "bearer " + holder.token()).status())
                .isEqualTo(200);
        assertThat(client.get(PATH, Holders.INTERNAL, holder.token()).status()).isEqualTo(200);
    }

    @Test
    void twoDifferentTokensAreNone() {
        var reply = client.get(
                PATH, "Authorization", "Bearer " + Holders.OPERATOR.token(), Holders.INTERNAL, Holders.ADMIN.token());

        assertRefused(reply, 401, "UNAUTHORIZED");
    }

    @Test
    void aTokenForAnotherEnvironmentIsRefusedHere() {
        assertRefused(client.get(PATH, Holders.ELSEWHERE.headers()), 403, "FORBIDDEN");
    }

    @Test
    void aViewerCanOnlyRead() {
        var before = revision();

        Stream.of(
                        client.post(PATH, change(32), Holders.VIEWER.headers()),
                        client.post(PATH, dryRun(), Holders.VIEWER.headers()),
                        client.send("DELETE", RSI + "?changed_by=x", null, Holders.VIEWER.headers()))
                .forEach(reply -> {
                    assertRefused(reply, 403, "FORBIDDEN");
                    assertThat(reply.header("WWW-Authenticate"))
                            .contains("Bearer realm=\"ta-bot\", error=\"insufficient_scope\"");
                });
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void aProposerRehearsesAndChangesNothing() {
        var before = revision();
        var validation = "{'strategy_id': 'rsi_extreme_reversal', 'parameters': {'oversold_threshold': 33}}";
        var notQuite = "{'max_positions': 33, 'changed_by': 'x', 'validate_only': 'true'}";

        var rehearsed = client.post(PATH, dryRun(), Holders.PROPOSER.headers());
        assertThat(rehearsed.status()).as(rehearsed.text()).isEqualTo(200);
        assertThat(client.post("/api/v1/config/validate", validation, Holders.PROPOSER.headers())
                        .status())
                .isEqualTo(200);
        Stream.of(
                        client.post(PATH, change(33), Holders.PROPOSER.headers()),
                        client.post(PATH, notQuite, Holders.PROPOSER.headers()),
                        client.post(PATH + "/rollback", "{}", Holders.PROPOSER.headers()),
                        client.send("DELETE", RSI + "?validate_only=1", null, Holders.PROPOSER.headers()))
                .forEach(reply -> assertRefused(reply, 403, "FORBIDDEN"));
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void theAuditNamesTheHolderBesideWhatTheBodyClaims() {
        client.post(PATH, change(34), Holders.OPERATOR.headers());
        var claimed = newest();
        client.post(PATH, "{'max_positions': 35}", Holders.ADMIN.headers());
        var silent = newest();

        assertThat(claimed.at("/changed_by").asText()).isEqualTo("somebody:else");
        assertThat(claimed.at("/actor").asText()).isEqualTo("the-operator");
        assertThat(silent.at("/changed_by").asText()).isEqualTo("the-admin");
        assertThat(silent.at("/actor").asText()).isEqualTo("the-admin");
    }

    /** It sends its token in a header of its own, and goes by changed_by when it takes up a strategy again. */
    @Test
    void theDecisionServiceSilencesAStrategyAndFindsItsOwnChange() {
        var headers = new String[] {"X-Petrosa-Issuer", "CIO", Holders.INTERNAL, Holders.OPERATOR.token()};
        var failSafe = client.post(
                RSI,
                "{'parameters': {'enabled': false}, 'changed_by': 'petrosa-cio:d-17',"
                        + " 'reason': 'CRITICAL_FAIL_SAFE: x', 'validate_only': false}",
                headers);
        var audit = client.get("/api/v1/strategies/rsi_extreme_reversal/audit?limit=20", headers);
        var resumed =
                client.post(RSI, "{'parameters': {'enabled': true}, 'changed_by': 'petrosa-cio:resume:d-17'}", headers);

        Stream.of(failSafe, audit, resumed).forEach(reply -> {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.at("/success").asBoolean()).isTrue();
        });
        assertThat(audit.at("/data/0/changed_by").asText()).isEqualTo("petrosa-cio:d-17");
        assertThat(audit.at("/data/0/actor").asText()).isEqualTo("the-operator");
    }

    @Test
    void aForeignPageIsNoDangerWhereItWouldNeedAToken() {
        var reply = client.post(
                PATH, dryRun(), "Authorization", "Bearer " + Holders.OPERATOR.token(), "Origin", "https://b.example");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void anAgentsChangesAreLimitedAndTheRestIsFree() {
        var headers = Holders.AGENT.headers();
        for (var number = 0; number < Holders.AGENT_LIMIT; number++) {
            assertThat(client.post(PATH, change(40 + number), headers).status()).isEqualTo(200);
            // None of these is a change.
            client.post(PATH, change(40 + number), headers);
            client.post(PATH, "{'max_positions': -1}", headers);
            client.post(PATH, "{'max_positions': 50, 'expected_revision': 0}", headers);
            client.post(PATH, dryRun(), headers);
        }
        var before = revision();
        var limited = client.post(PATH, change(50), headers);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.at("/error/code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(limited.at("/error/details/limit").asInt()).isEqualTo(Holders.AGENT_LIMIT);
        assertThat(limited.at("/retry_after").asInt()).isBetween(3_500, 3_600);
        assertThat(limited.header("Retry-After"))
                .contains(limited.at("/retry_after").asText());
        assertThat(revision()).isEqualTo(before);
        assertThat(client.post(PATH, dryRun(), headers).status()).isEqualTo(200);
        assertThat(client.post(PATH + "/rollback", "{}", headers).status()).isEqualTo(200);
        assertThat(client.post(PATH, change(51), Holders.OPERATOR.headers()).status())
                .isEqualTo(200);
    }

    @Test
    void theCommandLineShowsATokenThatItReadsFromAFile(@TempDir Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), Holders.VIEWER.token() + "\n");
        var url = served.running().address();

        var refused = CommandRun.of("audit", "verify", "--url", url);
        var verified = CommandRun.of("audit", "verify", "--url", url, "--token-file", token);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("answers 401");
        assertThat(verified.exitCode()).as(verified.err()).isZero();
        assertThat(verified.lines()).singleElement().asString().startsWith("sound: ");
    }

    @Test
    void noTokenComesIntoTheLog() {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.DEBUG);
        try {
            List.of(Holders.values()).forEach(holder -> client.post(PATH, dryRun(), holder.headers()));
            client.get(PATH, "Authorization", "Bearer " + Holders.unknown());
            RawHttp.send(
                    served.running().port(),
                    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer\t" + Holders.unknown()
                            + "\u0001\r\nConnection: close\r\n\r\n");
        } finally {
            root.setLevel(level);
            root.detachAppender(logged);
        }
        assertThat(List.copyOf(logged.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("tab_"));
    }

    private static com.fasterxml.jackson.databind.JsonNode newest() {
        return client.get(PATH + "/audit?limit=1", Holders.VIEWER.headers()).at("/data/0");
    }

    private static long revision() {
        return client.get(PATH, Holders.VIEWER.headers()).at("/data/revision").asLong();
    }

    private static String change(int value) {
        return "{'max_positions': " + value + ", 'changed_by': 'somebody:else'}";
    }

    private static String dryRun() {
        return "{'paused': true, 'changed_by': 'x', 'validate_only': true}";
    }

    private static void assertRefused(Client.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.at("/error/code").asText()).isEqualTo(code);
        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly("success", "data", "error", "metadata", "timestamp");
    }
}
