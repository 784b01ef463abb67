package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.tabot.ops.LogLevels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The levels of the log over HTTP: who may set them, and what is refused. */
class LogLevelApiTest {
    private static final String LEVELS = "/api/v1/admin/log-levels";
    private static final String NATS = LEVELS + "/io.tabot.nats";
    private static final String DEBUG = "{'configured_level': 'debug', 'for': '10m', 'changed_by': 'me'}";

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    @Test
    void anAdminSetsALevelWhichIsInForceAtOnce() {
        var set = client.post(NATS, DEBUG, Holders.ADMIN.headers());

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.at("/data/effective_level").asText()).isEqualTo("DEBUG");
        assertThat(set.at("/data/until").isTextual()).isTrue();
        assertThat(served.running()
                        .logs
                        .getLogger("io.tabot.nats.NatsConnection")
                        .getEffectiveLevel())
                .isEqualTo(Level.DEBUG);
        assertThat(client.get(NATS, Holders.VIEWER.headers()).at("/data")).isEqualTo(set.at("/data"));
        assertThat(client.get(LEVELS, Holders.VIEWER.headers())
                        .at("/data/loggers")
                        .findValuesAsText("name"))
                .contains("ROOT", "io.tabot.nats");
        var back = client.post(NATS, "{'configured_level': null}", Holders.ADMIN.headers());
        assertThat(back.at("/data/configured_level").isNull()).isTrue();
        assertThat(back.at("/metadata/revision").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Holders.class,
            names = {"VIEWER", "PROPOSER", "OPERATOR", "AGENT"})
    void nobodyElseSetsOne(Holders holder) {
        var reply = client.post(LEVELS + "/io.tabot", DEBUG, holder.headers());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/error/code").asText()).isEqualTo("FORBIDDEN");
        assertThat(served.running().logs.getLogger("io.tabot").getLevel()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'configured_level': 'LOUD'}",
                "{'configured_level': 7}",
                "{'configured_level': 'DEBUG', 'for': '10'}",
                "{'configured_level': 'DEBUG', 'for': '0s'}",
                "{'configured_level': 'DEBUG', 'for': '25h'}",
                "{'configured_level': 'DEBUG', 'for': '99999h'}",
                "{'configured_level': 'DEBUG', 'for': 600}",
                "{'configured_level': 'DEBUG', 'reason': 'a\\nb'}",
                "{'configured_level': 'DEBUG', 'changed_by': ''}",
                "{'configured_level': 'DEBUG', 'validate_only': true}"
            })
    void refusesWhatItDoesNotUnderstand(String body) {
        var reply = client.post(LEVELS + "/io.tabot", body, Holders.ADMIN.headers());

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(served.running().logs.getLogger("io.tabot").getLevel()).isNull();
    }

    @Test
    void refusesLoggersThatAreNoneOrMustStayAsTheyAre() {
        var slip = client.post(LEVELS + "/io.tabot.nat", DEBUG, Holders.ADMIN.headers());
        var record = client.post(LEVELS + "/" + LogLevels.RECORD, DEBUG, Holders.ADMIN.headers());
        var root = client.post(LEVELS + "/ROOT", "{'configured_level': null}", Holders.ADMIN.headers());

        assertThat(slip.status()).isEqualTo(404);
        assertThat(slip.at("/error/suggestion").asText()).isEqualTo("did you mean io.tabot.nats?");
        assertThat(client.get(LEVELS + "/io.tabot.nat", Holders.VIEWER.headers())
                        .status())
                .isEqualTo(404);
        assertThat(record.status()).isEqualTo(403);
        assertThat(root.status()).isEqualTo(422);
    }

    @Test
    void withoutTokensItIsSetOnThisMachineAloneAsAnyChangeIs(@TempDir Path folder) {
        try (var open = RunningApi.start(folder)) {
            var here = open.client();

            assertThat(here.post(NATS, DEBUG).status()).isEqualTo(200);
            assertThat(here.post(NATS, DEBUG, "Origin", "https://elsewhere.example")
                            .status())
                    .isEqualTo(403);
        }
    }
}
