package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.tabot.cli.CommandRun;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.NatsServer;
import io.tabot.testing.PythonBotSignals;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shadow run of docs/migration.md: a service decides beside the Python bot on subjects of its own, and both are
 * compared. What the bot would send is made from the rules alone, in the bot's words.
 */
class ShadowRunIT {
    private static final int WARM = 40;
    private static final int ROWS = 90;

    @TempDir
    Path home;

    @Test
    void aShadowAgreesWithTheOldBotUntilOneOfThemIsChanged() throws IOException, JetStreamApiException {
        try (var server = NatsServer.running();
                var traffic = new CandleTraffic(server)) {
            recordOldBot(traffic);
            var settings = new HashMap<>(CandleTraffic.settings(server));
            settings.put("TABOT_NATS_SIGNAL_SUBJECT", "shadow.intent.trading");
            settings.put("TABOT_NATS_SIGNAL_STREAM_NAME", "TABOT_SHADOW");
            try (var service = ServiceProcess.ready(home, settings)) {
                traffic.awaitService();
                traffic.publish(0, ROWS);
                traffic.awaitAllDealtWith();
            }
            sendAsOldBot(traffic, old(WARM, ROWS));

            var same = compare(server);
            assertThat(same.exitCode()).as(same.out() + same.err()).isZero();
            assertThat(same.out()).doesNotContain("missing    ", "extra      ");

            var other = old(ROWS - 1, ROWS).getFirst();
            other.put("strategy_id", "only_there");
            sendAsOldBot(traffic, List.of(other));
            var changed = compare(server);
            assertThat(changed.exitCode()).isEqualTo(1);
            assertThat(changed.out()).containsPattern("only_there +1 +0 +0 +1 +0 +0");
        }
    }

    private static CommandRun compare(NatsServer server) {
        return CommandRun.of(
                "compare",
                server.url() + "?stream=PYTHON_SIGNALS",
                server.url() + "?stream=TABOT_SHADOW",
                "--overlap",
                "--tolerance",
                "1e-9");
    }

    /** What the nats command of the document does. */
    private static void recordOldBot(CandleTraffic traffic) throws IOException, JetStreamApiException {
        var made = traffic.client()
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name("PYTHON_SIGNALS")
                        .subjects("cio.intent.trading.>")
                        .storageType(StorageType.File)
                        .build());
        assertThat(made).isNotNull();
    }

    private static List<ObjectNode> old(int from, int to) {
        var state = SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, CandleTraffic.TIMEFRAMES);
        var messages = new ArrayList<ObjectNode>();
        for (var signal : CandleTraffic.expected(from, to, state)) {
            messages.add(PythonBotSignals.of(signal, messages.size()));
        }
        return messages;
    }

    /** Twice, as two replicas do. */
    private static void sendAsOldBot(CandleTraffic traffic, List<ObjectNode> messages)
            throws IOException, JetStreamApiException {
        for (var replica = 0; replica < 2; replica++) {
            for (var message : messages) {
                var subject = "cio.intent.trading." + message.get("strategy_id").asText();
                assertThat(traffic.client()
                                .jetStream()
                                .publish(subject, message.toString().getBytes(StandardCharsets.UTF_8)))
                        .isNotNull();
            }
        }
    }
}
