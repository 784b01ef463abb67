package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;
import io.tabot.journal.StoredRecord;
import io.tabot.journal.WitnessLog;
import io.tabot.journal.WitnessStore;
import io.tabot.testing.Events;
import io.tabot.testing.NatsServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsWitnessIT {
    private static final Writer ME = new Writer(new Term(0, 1), "me");
    private static final NatsWitness.Bucket BUCKET = new NatsWitness.Bucket("W", 1);

    private NatsServer server;
    private NatsConnection connection;

    @BeforeEach
    void connect() {
        server = NatsServer.running();
        connection = new NatsConnection(NatsFixture.settings(server), new SimpleMeterRegistry());
        connection.start();
        await().until(connection::connected);
    }

    @AfterEach
    void close() throws InterruptedException {
        connection.close();
        server.close();
    }

    @Test
    void remembersWhatItWasGiven() throws IOException {
        assertThat(witness().read()).isEqualTo(new WitnessStore.Versioned(WitnessLog.EMPTY, 0));

        var mark = witness().replace(0, log(1)).orElseThrow();
        var next = witness().replace(mark, log(2)).orElseThrow();

        assertThat(witness().read()).isEqualTo(new WitnessStore.Versioned(log(2), next));
    }

    @Test
    void letsOnlyOneOfTwoReplaceTheSameValue() throws IOException {
        assertThat(witness().replace(0, log(1))).isPresent();
        assertThat(witness().replace(0, log(2))).isEmpty();
        var mark = witness().read().mark();
        assertThat(witness().replace(mark, log(2))).isPresent();
        assertThat(witness().replace(mark, log(3))).isEmpty();

        assertThat(witness().read().log()).isEqualTo(log(2));
    }

    @Test
    void keepsEnvironmentsApart() throws IOException {
        witness().replace(0, log(1));

        assertThat(new NatsWitness(connection, BUCKET, "other").read().log()).isEqualTo(WitnessLog.EMPTY);
    }

    @Test
    void outlivesTheDeathOfItsServer() throws IOException {
        witness().replace(0, log(1));
        server.kill();
        await().until(() -> !connection.connected());
        assertThatThrownBy(() -> witness().read()).isInstanceOf(IOException.class);
        server.start();

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> witness().read().log().equals(log(1)));
    }

    @Test
    void isEmptyWhenItsBucketIsGone() throws Exception {
        var witness = witness();
        witness.replace(0, log(1));
        connection.require().keyValueManagement().delete(BUCKET.name());

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> witness.read().log().equals(WitnessLog.EMPTY));
    }

    private NatsWitness witness() {
        return new NatsWitness(connection, BUCKET, "test");
    }

    private static WitnessLog log(int events) {
        var log = WitnessLog.EMPTY.apply(new StoredRecord(1, new VoterRecord.Claim(ME)));
        for (var event : Events.chain(events)) {
            log = log.apply(new StoredRecord(log.state().position() + 1, new VoterRecord.Event(ME, ME.term(), event)));
        }
        return log;
    }
}
