package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers get when something breaks, or takes too long. */
class FailuresTest {
    private static final String PATH = "/api/v1/config/application";

    @Test
    void aBugIsAnsweredWithoutDetailAndAChangeThatIsNotAnsweredIsUnconfirmed(@TempDir Path folder) {
        var impatient = impatient(ApiSettings.BODY_TIMEOUT, Duration.ofMillis(300));
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

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedForAndChangesNothing(@TempDir Path folder) {
        var impatient = impatient(Duration.ofMillis(300), ApiSettings.ANSWER_TIMEOUT);
        try (var running = RunningApi.start(folder, impatient)) {
            var head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\n";
            var announced = RawHttp.send(running.port(), head + "Content-Length: 50\r\n\r\n{\"paused\": true,");
            var chunked = RawHttp.send(running.port(), head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");

            assertThat(announced.status()).as(announced.body()).isEqualTo(408);
            assertThat(chunked.status()).as(chunked.body()).isEqualTo(408);
            assertThat(Client.json(announced.body()).at("/error/code").asText()).isEqualTo("REQUEST_TIMEOUT");
            assertThat(running.client().get(PATH).at("/data/revision").asLong()).isEqualTo(1);
        }
    }

    private static ApiSettings impatient(Duration bodyTimeout, Duration answerTimeout) {
        return new ApiSettings(
                "127.0.0.1",
                0,
                false,
                100,
                bodyTimeout,
                answerTimeout,
                Optional.empty(),
                Optional.empty(),
                StreamSettings.DEFAULT,
                false);
    }
}
