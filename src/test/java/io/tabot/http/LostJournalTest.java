package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers get while the journal is away. */
class LostJournalTest {
    private static final String PATH = "/api/v1/config/application";

    @TempDir
    Path folder;

    private RunningApi running;
    private Client client;

    @BeforeEach
    void start() {
        running = RunningApi.start(folder);
        client = running.client();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aChangeIsUnconfirmedLaterOnesAreRefusedAndReadsGoOn() {
        var body = "{'max_positions': 77, 'changed_by': 'ops'}";
        running.voter.goAway();

        var unconfirmed = client.post(PATH, body, "Idempotency-Key", "lost-1");
        var refused = client.post(PATH, "{'max_positions': 78, 'changed_by': 'ops'}");
        var read = client.get(PATH);
        running.voter.comeBack();
        var settled = TestCluster.eventually(
                () -> client.post(PATH, body, "Idempotency-Key", "lost-1"), reply -> reply.status() == 200);

        assertThat(unconfirmed.status()).isEqualTo(503);
        assertThat(unconfirmed.at("/error/code").asText()).isEqualTo("UNCONFIRMED");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/error/code").asText()).isEqualTo("READ_ONLY");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/data/max_positions").asInt()).isEqualTo(10);
        assertThat(settled.at("/data/max_positions").asInt()).isEqualTo(77);
        assertThat(settled.at("/data/version").asLong()).isEqualTo(2);
    }

    @Test
    void theAuditIsUnavailableWithAReason() {
        running.voter.goAway();
        var change =
                CompletableFuture.supplyAsync(() -> client.post(PATH, "{'max_positions': 77, 'changed_by': 'ops'}"));

        var audit = client.get(PATH + "/audit");

        assertThat(audit.status()).isEqualTo(503);
        assertThat(audit.at("/error/code").asText()).isEqualTo("UNAVAILABLE");
        assertThat(change.join().status()).isEqualTo(503);
    }
}
