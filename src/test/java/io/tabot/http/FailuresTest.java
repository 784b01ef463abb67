package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers get when something breaks, or takes too long. */
class FailuresTest {
    private static final String PATH = "/api/v1/config/application";

    @Test
    void aBugIsAnsweredWithoutDetailAndAChangeThatIsNotAnsweredIsUnconfirmed(@TempDir Path folder) {
        var impatient = new ApiSettings("127.0.0.1", 0, false, 100, Duration.ofMillis(300));
        try (var running = RunningApi.start(folder, impatient)) {
            var client = running.client();
            running.switches.isBroken = true;
            var bug = client.get("/live");
            var tooLong = client.post(PATH, "{'paused': true, 'changed_by': '" + "x".repeat(80) + "'}");
            running.voter.goAway();
            var unanswered = client.post(PATH, "{'paused': true, 'changed_by': 'ops'}");
            running.voter.comeBack();

            assertThat(bug.status()).isEqualTo(500);
            assertThat(bug.at("/error/code").asText()).isEqualTo("INTERNAL_ERROR");
            assertThat(bug.text()).doesNotContain("secret").doesNotContain("Exception");
            assertThat(tooLong.status()).isEqualTo(413);
            assertThat(unanswered.status()).isEqualTo(503);
            assertThat(unanswered.at("/error/code").asText()).isEqualTo("UNCONFIRMED");
        }
    }
}
