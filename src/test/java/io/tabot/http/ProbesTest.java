package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.ops.Check;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @AfterEach
    void restore() {
        served.running().switches.serves = true;
        served.running().switches.isMember = true;
        served.running().switches.isStopping = false;
        served.running().switches.isAlive = true;
        served.running().switches.nats = Check.ok("nats", "connected");
    }

    @Test
    void isReadyOnceItServesConfigurationAsAMember() {
        served.running().switches.serves = false;
        served.running().switches.isMember = false;
        var starting = client.get("/ready");
        served.running().switches.isMember = true;
        var member = client.get("/ready");
        served.running().switches.serves = true;
        var serving = client.get("/ready");
        served.running().switches.isStopping = true;
        var stopping = client.get("/ready");

        assertThat(Stream.of(starting, member, serving, stopping).map(Client.Reply::status))
                .containsExactly(503, 503, 200, 503);
        assertThat(Stream.of(starting, member, stopping)
                        .map(reply -> reply.at("/reason").asText()))
                .containsExactly(
                        "not yet a member of the cluster", "no configuration has been read yet", "shutting down");
        assertThat(serving.at("/status").asText()).isEqualTo("ready");
    }

    @Test
    void staysReadyWhenADependencyIsLost() {
        served.running().switches.nats = Check.down("nats", "disconnected since 10:00");

        var ready = client.get("/ready");

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.at("/checks/nats").asText()).isEqualTo("down");
    }

    @Test
    void healthTellsOfALostDependencyWithStatus200() {
        served.running().switches.nats = Check.degraded("nats", "reconnecting");

        var health = client.get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.at("/status").asText()).isEqualTo("degraded");
        assertThat(health.at("/components/nats").asText()).isEqualTo("degraded");
        assertThat(health.at("/details/nats").asText()).isEqualTo("reconnecting");
        assertThat(health.json().fieldNames())
                .toIterable()
                .contains("status", "version", "build_info", "components", "uptime", "timestamp");
    }

    @Test
    void isAliveUntilOnlyARestartHelps() {
        var alive = client.get("/live");
        served.running().switches.isAlive = false;
        var dead = client.get("/live");

        assertThat(alive.status()).isEqualTo(200);
        assertThat(alive.at("/status").asText()).isEqualTo("alive");
        assertThat(dead.status()).isEqualTo(503);
    }

    @Test
    void answersAHeadLikeAGetWithoutBody() {
        var head = client.send("HEAD", "/live", null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
    }

    @Test
    void saysWhatRunsAtTheRoot() {
        var root = client.get("/");

        assertThat(root.at("/service").asText()).isEqualTo("ta-bot");
        assertThat(root.at("/version").asText()).isEqualTo("0.1.0");
    }

    @Test
    void countsRequestsByTemplateAndNeverByPath() {
        client.get("/api/v1/config");
        client.get("/no/such/path");
        client.send("BREW", "/live", null);

        var metrics = client.get("/metrics");

        assertThat(metrics.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(metrics.text())
                .contains("ta_bot_http_requests_total{method=\"GET\",route=\"/api/v1/config\",status=\"200\"}")
                .contains("ta_bot_http_requests_total{method=\"GET\",route=\"other\",status=\"404\"}")
                .contains("ta_bot_http_request_duration_seconds_count")
                .contains("ta_bot_config_revision")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("/no/such/path")
                .doesNotContain("BREW");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT59S,59s", "PT61S,1m 1s", "PT1H,1h 0m 0s", "PT49H2M3S,49h 2m 3s"})
    void showsUptimeAsThePythonBotDid(Duration uptime, String shown) {
        assertThat(HealthRoutes.uptime(uptime)).isEqualTo(shown);
    }
}
