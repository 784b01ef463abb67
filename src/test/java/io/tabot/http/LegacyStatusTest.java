package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same requests to an API with the statuses of the Python bot and to one without: only the status differs. */
class LegacyStatusTest {
    @RegisterExtension
    static final ServedApi plain = new ServedApi(RunningApi::start);

    @RegisterExtension
    static final ServedApi legacy = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().withLegacyStatus(true)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET | strategies/gone/schema | | 404 | 200
                    GET | strategies/gone/defaults | | 404 | 200
                    GET | strategies/gone/config | | 404 | 200
                    GET | strategies/gone/audit | | 404 | 200
                    POST | strategies/gone/config | {"parameters":{},"changed_by":"x"} | 404 | 200
                    POST | PULSE/config | {"parameters":{"gone":1},"changed_by":"x"} | 422 | 200
                    POST | PULSE/config/BTCUSDT | {"parameters":{"gone":1},"changed_by":"x"} | 422 | 200
                    DELETE | PULSE/config?changed_by=x | | 404 | 200
                    POST | PULSE/rollback | {"target_version":9,"changed_by":"x"} | 404 | 200
                    POST | config/application | {"max_positions":-1,"changed_by":"x"} | 422 | 200
                    POST | config/application/rollback | {"target_version":9,"changed_by":"x"} | 404 | 200
                    POST | config/application/restore | {"rollback_id":"gone","changed_by":"x"} | 404 | 200
                    POST | config/validate | {"parameters":{}} | 422 | 200
                    POST | PULSE/lifecycle/transition | {"to_state":"retired","transitioned_by":"x"} | 409 | 201
                    POST | PULSE/lifecycle/transition | {"to_state":"gone","transitioned_by":"x"} | 422 | 201
                    GET | PULSE/audit?limit=0 | | 422 | 422
                    GET | nowhere | | 404 | 404
                    PATCH | config/application | | 405 | 405
                    POST | config/application | { | 400 | 400
                    POST | config/application | {"max_positions":7,"changed_by":"x","expected_version":9} | 409 | 409
                    DELETE | PULSE/config/BTCUSDT?changed_by=x | | 404 | 404
                    GET | strategies/gone/effective | | 404 | 404
                    GET | config/application?environment=other | | 404 | 404
                    """)
    void onlyTheStatusDiffersAndOnlyWhereThePythonBotDidSo(
            String method, String path, String body, int status, int legacyStatus) {
        var here = send(plain, method, path, body);
        var there = send(legacy, method, path, body);

        assertThat(here.status()).as(here.text()).isEqualTo(status);
        assertThat(there.status()).as(there.text()).isEqualTo(legacyStatus);
        assertThat(there.at("/success").asBoolean(true)).isFalse();
        assertThat(there.at("/error/code")).isEqualTo(here.at("/error/code"));
        assertThat(there.at("/error/message")).isEqualTo(here.at("/error/message"));
    }

    @Test
    void whatSucceedsAnswersAsEver() {
        var change = "{\"to_state\":\"registered\",\"transitioned_by\":\"x\"}";

        for (var api : List.of(plain, legacy)) {
            assertThat(send(api, "GET", "config/application", null).status()).isEqualTo(200);
            assertThat(send(api, "POST", "strategies/doji_reversal/lifecycle/transition", change)
                            .status())
                    .isEqualTo(201);
        }
    }

    /** A caller of the Python bot heard of its outages in the body, too. */
    @Test
    void anOutageIsToldInTheBodyAlone(@TempDir Path folder) {
        try (var running = RunningApi.start(folder, RunningApi.settings().withLegacyStatus(true))) {
            running.voter.goAway();
            var unconfirmed = running.client()
                    .notHeld()
                    .post("/api/v1/config/application", "{'max_positions': 7, 'changed_by': 'x'}");
            var audit = running.client().get("/api/v1/audit");
            running.voter.comeBack();

            assertThat(unconfirmed.status()).isEqualTo(200);
            assertThat(unconfirmed.at("/success").asBoolean(true)).isFalse();
            assertThat(unconfirmed.at("/error/code").asText()).isEqualTo("UNCONFIRMED");
            assertThat(audit.status()).isEqualTo(503);
        }
    }

    @Test
    void isAboutOperationsThatExist() {
        var documented = new ArrayList<String>();
        OpenApi.read().methods().forEach((path, methods) -> methods.forEach(it -> documented.add(it + " " + path)));

        assertThat(documented).containsAll(LegacyStatus.operations());
        assertThat(LegacyStatus.operations()).hasSize(20);
    }

    private static Client.Reply send(ServedApi api, String method, String path, String body) {
        var address = "/api/v1/" + path.replace("PULSE", "strategies/momentum_pulse");
        var client = api == legacy ? api.client().notHeld() : api.client();
        return body == null
                ? client.send(method, address, null)
                : client.send(method, address, body, "Content-Type", "application/json");
    }
}
