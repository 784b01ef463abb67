package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.testing.TestCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs on one history of {@link #PATH}: revisions 2 to 4 set rsi_period to 2 to 4 for every symbol, 5 to 7 set it to 5
 * to 7 for BTCUSDT; what tests add is about other strategies or symbols.
 */
class StrategyHistoryTest {
    private static final String PATH = "/api/v1/strategies/momentum_pulse";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        for (var i = 2; i <= 7; i++) {
            var time = Instant.now();
            // A rollback to an instant needs changes that are apart.
            TestCluster.eventually(Instant::now, now -> now.toEpochMilli() > time.toEpochMilli());
            set(PATH + (i <= 4 ? "/config" : "/config/BTCUSDT"), i);
        }
    }

    @Test
    void listsTheChangesOfEveryLayerNewestFirst() {
        var reply = client.get(PATH + "/audit?limit=1000");
        var items = reply.at("/data");

        assertThat(reply.at("/metadata/count").asInt()).isEqualTo(items.size());
        assertThat(reply.at("/metadata/next").isNull()).isTrue();
        assertThat(StreamSupport.stream(items.spliterator(), false)
                        .filter(item -> item.get("revision").asLong() <= 7)
                        .map(item -> item.get("revision").asText() + " "
                                + item.get("symbol").asText() + " "
                                + item.get("action").asText() + " "
                                + item.get("version").asText()))
                .containsExactly(
                        "7 BTCUSDT UPDATE 3",
                        "6 BTCUSDT UPDATE 2",
                        "5 BTCUSDT CREATE 1",
                        "4 null UPDATE 3",
                        "3 null UPDATE 2",
                        "2 null CREATE 1");
    }

    @Test
    void anItemTellsWhatWhoWhenAndWhy() {
        var item = client.get(PATH + "/audit?symbol=BTCUSDT&limit=2").at("/data/1");

        assertThat(item.get("id").asText()).isEqualTo("test-6");
        assertThat(item.get("strategy_id").asText()).isEqualTo("momentum_pulse");
        assertThat(item.at("/old_parameters/rsi_period").asInt()).isEqualTo(5);
        assertThat(item.at("/new_parameters/rsi_period").asInt()).isEqualTo(6);
        assertThat(item.get("changed_by").asText()).isEqualTo("ops");
        assertThat(Instant.parse(item.get("changed_at").asText())).isBefore(Instant.now());
        assertThat(item.get("reason").asText()).isEqualTo("set 6");
        assertThat(item.at("/changes/0/field").asText()).isEqualTo("rsi_period");
    }

    @Test
    void pagesThroughOneLayerWithItsVersions() {
        var seen = new ArrayList<String>();
        var path = PATH + "/audit?symbol=BTCUSDT&limit=1";
        for (var next = path; next != null; ) {
            var reply = client.get(next);
            reply.at("/data")
                    .forEach(item -> seen.add(item.get("revision").asText() + ":"
                            + item.get("version").asText()));
            var cursor = reply.at("/metadata/next");
            next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
        }

        assertThat(seen).containsExactly("7:3", "6:2", "5:1");
    }

    @Test
    void aSymbolWithoutChangesHasAnEmptyAudit() {
        var reply = client.get(PATH + "/audit?symbol=ETHUSDT");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data")).isEmpty();
        assertThat(client.get(PATH + "/audit?limit=0").status()).isEqualTo(422);
        assertThat(client.get(PATH + "/audit?symbl=BTCUSDT").status()).isEqualTo(422);
    }

    @Test
    void goesBackToAVersionARevisionAnAuditItemAnInstantOrThePreviousState() {
        var path = "/api/v1/strategies/golden_trend_sync";
        var revisions = new ArrayList<JsonNode>();
        for (var i = 20; i < 25; i++) {
            var time = Instant.now();
            TestCluster.eventually(Instant::now, now -> now.toEpochMilli() > time.toEpochMilli());
            var reply = client.post(
                    path + "/config/ETHUSDT", "{'parameters': {'ema_fast': " + i + "}, 'changed_by': 'ops'}");
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            revisions.add(reply.at("/data"));
        }

        assertThat(after(path, "'target_version': 1")).isEqualTo(20);
        assertThat(after(path, "'target_revision': " + revisions.get(1).get("revision")))
                .isEqualTo(21);
        assertThat(after(path, "'rollback_id': 'test-" + revisions.get(2).get("revision") + "'"))
                .isEqualTo(22);
        assertThat(after(
                        path,
                        "'target_time': '" + revisions.get(3).get("updated_at").asText() + "'"))
                .isEqualTo(23);
        assertThat(after(path, "'reason': 'undo'")).isEqualTo(22);
        assertThat(client.get(path + "/audit?symbol=ETHUSDT&limit=1")
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("ROLLBACK");
        assertThat(client.get(path + "/config").at("/data/version").asLong()).isZero();
    }

    @Test
    void goingBackToBeforeALayerExistedRemovesItAndForwardAgainRestoresIt() {
        var path = "/api/v1/strategies/volume_surge_breakout";
        var created = client.post(path + "/config/ETHUSDT", "{'parameters': {'enabled': false}, 'changed_by': 'ops'}");

        var back = client.post(
                path + "/rollback?symbol=ETHUSDT", "{'target_revision': 1, 'changed_by': 'ops', 'reason': 'back'}");
        var forward = client.post(
                path + "/rollback?symbol=ETHUSDT",
                "{'target_revision': " + created.at("/metadata/revision") + ", 'changed_by': 'ops'}");

        assertThat(back.status()).as(back.text()).isEqualTo(200);
        assertThat(back.at("/data/is_override").asBoolean()).isFalse();
        assertThat(back.at("/data/version").asLong()).isEqualTo(2);
        assertThat(back.at("/data/parameters/enabled").asBoolean()).isTrue();
        assertThat(forward.at("/data/stored/enabled").asBoolean()).isFalse();
        assertThat(forward.at("/metadata/action").asText()).isEqualTo("rollback");
    }

    @Test
    void refusesTargetsThatDoNotExistAndLayersWithoutAHistory() {
        var version = client.post(PATH + "/rollback", "{'target_version': 99, 'changed_by': 'ops'}");
        var item = client.post(PATH + "/rollback", "{'rollback_id': 'test-5', 'changed_by': 'ops'}");
        var layer = client.post(PATH + "/rollback?symbol=ADAUSDT", "{'changed_by': 'ops'}");
        var first = client.post("/api/v1/strategies/rsi_extreme_reversal/rollback", "{'changed_by': 'ops'}");
        var name = client.post(PATH + "/rollback?symbol=BTCUSDT", "{'target_versio': 1, 'changed_by': 'ops'}");

        assertThat(List.of(version.status(), item.status(), layer.status(), first.status()))
                .containsOnly(404);
        assertThat(version.at("/error/code").asText()).isEqualTo("ROLLBACK_FAILED");
        assertThat(item.at("/error/code").asText()).isEqualTo("ROLLBACK_FAILED");
        assertThat(layer.at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(name.at("/error/suggestion").asText()).isEqualTo("use target_version instead of target_versio");
    }

    private static int after(String path, String target) {
        var reply = client.post(path + "/rollback?symbol=ETHUSDT", "{" + target + ", 'changed_by': 'ops'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.at("/data/stored/ema_fast").asInt();
    }

    private static void set(String path, int value) {
        var reply = client.post(
                path,
                "{'parameters': {'rsi_period': " + value + "}, 'changed_by': 'ops', 'reason': 'set " + value + "'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }
}
