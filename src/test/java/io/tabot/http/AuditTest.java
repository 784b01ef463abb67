package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on one history: 1 is the first configuration, 2 to 7 are made here. */
class AuditTest {
    private static final String PATH = "/api/v1/audit";
    private static final String PULSE = "/api/v1/strategies/momentum_pulse";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        made(client.post(
                "/api/v1/config/application",
                "{'max_positions': 7, 'paused': true, 'changed_by': 'ops-1', 'reason': 'Maintenance'}"));
        made(client.post(
                PULSE + "/config",
                "{'parameters': {'rsi_period': 5}, 'changed_by': 'petrosa-cio:d1', 'reason': null}"));
        made(client.post(
                PULSE + "/config/BTCUSDT",
                "{'parameters': {'rsi_period': 6}, 'changed_by': 'ops-2', 'reason': '=HYPERLINK(x), calm'}"));
        made(client.post(PULSE + "/lifecycle/transition", "{'to_state': 'registered', 'transitioned_by': 'agent-3'}"));
        made(client.send("DELETE", PULSE + "/config/BTCUSDT?changed_by=ops-2", null));
        made(client.post(PULSE + "/rollback?symbol=BTCUSDT", "{'changed_by': 'OPS-1', 'reason': 'maintenance over'}"));
    }

    @Test
    void listsEveryChangeOfEveryDocumentNewestFirst() {
        var reply = client.get(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/count").asInt()).isEqualTo(7);
        assertThat(StreamSupport.stream(reply.at("/data").spliterator(), false)
                        .map(item -> item.get("revision").asText() + " "
                                + item.get("document").asText() + " "
                                + item.get("action").asText() + " "
                                + item.get("version").asText()))
                .containsExactly(
                        "7 strategy/momentum_pulse/BTCUSDT ROLLBACK 3",
                        "6 strategy/momentum_pulse/BTCUSDT DELETE 2",
                        "5 lifecycle/momentum_pulse CREATE 1",
                        "4 strategy/momentum_pulse/BTCUSDT CREATE 1",
                        "3 strategy/momentum_pulse CREATE 1",
                        "2 application UPDATE 2",
                        "1 application CREATE 1");
        assertThat(reply.at("/data/0/after/rsi_period").asInt()).isEqualTo(6);
        assertThat(reply.at("/data/0/restored_revision").asInt()).isEqualTo(4);
        assertThat(reply.at("/data/0/strategy_id").asText()).isEqualTo("momentum_pulse");
        assertThat(reply.at("/data/0/symbol").asText()).isEqualTo("BTCUSDT");
    }

    @Test
    void eachFilterLeavesOutWhatItIsNotAbout() {
        assertThat(revisions("changed_by=ops-1")).containsExactly(7, 2);
        assertThat(revisions("changed_by=petrosa-cio:")).containsExactly(3);
        assertThat(revisions("reason=maintenance")).containsExactly(7, 2);
        assertThat(revisions("through=startup")).containsExactly(1);
        assertThat(revisions("action=delete")).containsExactly(6);
        assertThat(revisions("strategy=momentum_pulse")).containsExactly(7, 6, 5, 4, 3);
        assertThat(revisions("symbol=BTCUSDT")).containsExactly(7, 6, 4);
        assertThat(revisions("document=strategy/momentum_pulse")).containsExactly(7, 6, 4, 3);
        assertThat(revisions("document=lifecycle")).containsExactly(5);
        assertThat(revisions("symbol=BTCUSDT&changed_by=ops-2&action=CREATE")).containsExactly(4);
        assertThat(revisions("symbol=ETHUSDT")).isEmpty();
    }

    @Test
    void aSpanOfTimeBeginsWithItsFirstInstantAndEndsBeforeItsLast() {
        var items = client.get(PATH).at("/data");
        var second = items.get(5).get("changed_at").asText();
        var sixth = items.get(1).get("changed_at").asText();

        assertThat(revisions("since=" + second + "&until=" + sixth))
                .doesNotContain(1, 6, 7)
                .contains(2, 4);
        assertThat(revisions("since=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(revisions("until=2001-01-01T00:00:00%2B01:00")).isEmpty();
    }

    @Test
    void isReadPageByPageWhateverTheFilter() {
        var seen = new ArrayList<Integer>();
        var path = PATH + "?symbol=BTCUSDT&limit=1";
        for (var next = path; next != null; ) {
            var reply = client.get(next);
            reply.at("/data").forEach(item -> seen.add(item.get("revision").asInt()));
            var cursor = reply.at("/metadata/next");
            next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
        }

        assertThat(seen).containsExactly(7, 6, 4);
    }

    @Test
    void aFileHasALineForEachFieldAndNothingThatASpreadsheetWouldRun() {
        var reply = client.get(PATH + "?format=csv&symbol=BTCUSDT");
        var lines = reply.text().lines().toList();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(reply.header("Content-Disposition")).contains("attachment; filename=\"audit-test.csv\"");
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .isEqualTo("id,revision,changed_at,changed_by,actor,through,reason,"
                        + "action,document,field,before,after");
        assertThat(lines.get(1))
                .startsWith("test-7,7,")
                .endsWith(",OPS-1,,api,maintenance over,ROLLBACK,strategy/momentum_pulse/BTCUSDT,rsi_period,null,6");
        assertThat(lines.get(3))
                .endsWith(",ops-2,,api,\"'=HYPERLINK(x), calm\",CREATE,"
                        + "strategy/momentum_pulse/BTCUSDT,rsi_period,null,6");
    }

    @Test
    void aFileHasWhatAPageHas() {
        var revisions = client.get(PATH + "?format=csv")
                .text()
                .lines()
                .skip(1)
                .map(line -> Integer.parseInt(line.split(",")[1]))
                .distinct()
                .toList();

        assertThat(revisions).containsExactly(7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void refusesFiltersThatMeanNothing() {
        for (var query : List.of(
                "format=xml",
                "changed_bi=ops",
                "action=REMOVE",
                "through=mail",
                "symbol=btcusdt",
                "since=yesterday",
                "document=%2F",
                "limit=0",
                "format=csv&limit=5",
                "format=csv&until=soon")) {
            var reply = client.get(PATH + "?" + query);
            assertThat(reply.status()).as(query).isEqualTo(422);
            assertThat(reply.at("/error/code").asText()).isEqualTo("VALIDATION_ERROR");
        }
    }

    private static List<Integer> revisions(String query) {
        var reply = client.get(PATH + "?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return StreamSupport.stream(reply.at("/data").spliterator(), false)
                .map((JsonNode item) -> item.get("revision").asInt())
                .toList();
    }

    private static void made(Client.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    }
}
