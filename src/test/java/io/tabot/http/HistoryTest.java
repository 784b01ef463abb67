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

/** Runs on one history: 1 is the first configuration, 2 to 6 set max_positions to 2 to 6, the tests add to it. */
class HistoryTest {
    private static final String PATH = "/api/v1/config/application";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        for (var i = 2; i <= 6; i++) {
            var time = Instant.now();
            // A rollback to an instant needs changes that are apart.
            TestCluster.eventually(Instant::now, now -> now.toEpochMilli() > time.toEpochMilli());
            set(i);
        }
    }

    @Test
    void listsChangesNewestFirstPageByPage() {
        var seen = new ArrayList<JsonNode>();
        var path = PATH + "/audit?limit=2";
        for (var next = path; next != null; ) {
            var reply = client.get(next);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/metadata/limit").asInt()).isEqualTo(2);
            assertThat(reply.at("/metadata/total_records").asInt())
                    .isEqualTo(reply.at("/data").size());
            reply.at("/data").forEach(seen::add);
            var cursor = reply.at("/metadata/next");
            next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
        }

        var revisions = seen.stream().map(item -> item.get("revision").asLong()).toList();
        assertThat(revisions).hasSizeGreaterThanOrEqualTo(6).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(revisions).endsWith(3L, 2L, 1L).doesNotHaveDuplicates();
        assertThat(seen).allSatisfy(item -> assertThat(item.get("version")).isEqualTo(item.get("revision")));
    }

    @Test
    void anItemTellsWhatWhoWhenWhyAndThroughWhat() {
        var items = client.get(PATH + "/audit?limit=1000").at("/data");
        var second = find(items, 2);
        var first = find(items, 1);

        assertThat(second.get("id").asText()).isEqualTo("test-2");
        assertThat(second.get("action").asText()).isEqualTo("UPDATE");
        assertThat(second.at("/old_config/max_positions").asInt()).isEqualTo(10);
        assertThat(second.at("/new_config/max_positions").asInt()).isEqualTo(2);
        assertThat(second.get("changed_by").asText()).isEqualTo("ops");
        assertThat(second.get("reason").asText()).isEqualTo("set 2");
        assertThat(second.get("through").asText()).isEqualTo("api");
        assertThat(second.at("/changes/0/field").asText()).isEqualTo("max_positions");
        assertThat(second.get("changes")).hasSize(1);
        assertThat(first.get("action").asText()).isEqualTo("CREATE");
        assertThat(first.get("old_config").isNull()).isTrue();
        assertThat(first.get("through").asText()).isEqualTo("startup");
    }

    @Test
    void refusesALimitOutOfBoundsACursorOfItsOwnAndUnknownParameters() {
        var limit = client.get(PATH + "/audit?limit=0");
        var word = client.get(PATH + "/audit?limit=many");
        var cursor = client.get(PATH + "/audit?cursor=yesterday");
        var unknown = client.get(PATH + "/audit?limits=5");

        assertThat(List.of(limit.status(), word.status(), cursor.status(), unknown.status()))
                .containsOnly(422);
        assertThat(limit.at("/error/details/errors/0/suggested_value").asInt()).isEqualTo(1);
        assertThat(word.at("/error/field").asText()).isEqualTo("limit");
        assertThat(cursor.at("/error/field").asText()).isEqualTo("cursor");
        assertThat(unknown.at("/error/details/errors/0/suggested_value").asText())
                .isEqualTo("limit");
    }

    @Test
    void goesBackToAVersionARevisionAnAuditItemOrAnInstant() {
        var third = find(client.get(PATH + "/audit?limit=1000").at("/data"), 3);

        assertThat(positionsAfter("/rollback", "'target_version': 2")).isEqualTo(2);
        assertThat(positionsAfter("/rollback", "'target_revision': 4")).isEqualTo(4);
        assertThat(positionsAfter("/restore", "'rollback_id': 'test-5'")).isEqualTo(5);
        assertThat(positionsAfter(
                        "/rollback",
                        "'target_time': '" + third.get("changed_at").asText() + "'"))
                .isEqualTo(3);
    }

    @Test
    void goesBackOneChangeAndOneMoreWhenAskedAgain() {
        set(101);
        set(102);
        set(103);

        assertThat(positionsAfter("/rollback", "'target_version': null")).isEqualTo(102);
        assertThat(positionsAfter("/rollback", "'rollback_id': ''")).isEqualTo(101);
    }

    @Test
    void aRollbackIsANewChangeThatSaysWhatItRestored() {
        set(111);
        var before = client.get(PATH).at("/data/revision").asLong();

        var reply = client.post(PATH + "/rollback", "{'target_revision': 2, 'changed_by': 'ops', 'reason': 'back'}");
        var item = client.get(PATH + "/audit?limit=1").at("/data/0");

        assertThat(reply.at("/metadata/action").asText()).isEqualTo("rollback");
        assertThat(reply.at("/metadata/restored_revision").asLong()).isEqualTo(2);
        assertThat(reply.at("/data/revision").asLong()).isEqualTo(before + 1);
        assertThat(item.get("action").asText()).isEqualTo("ROLLBACK");
        assertThat(item.get("restored_revision").asLong()).isEqualTo(2);
    }

    @Test
    void aRollbackCanBeRehearsed() {
        set(121);

        var reply =
                client.post(PATH + "/rollback", "{'target_revision': 2, 'changed_by': 'ops', 'validate_only': true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/max_positions").asInt()).isEqualTo(2);
        assertThat(reply.at("/metadata/validation").asText()).isEqualTo("passed");
        assertThat(client.get(PATH).at("/data/max_positions").asInt()).isEqualTo(121);
    }

    @Test
    void refusesTwoTargetsAndOnesThatDoNotExist() {
        var two = client.post(PATH + "/rollback", "{'target_version': 1, 'target_revision': 1, 'changed_by': 'ops'}");
        var version = client.post(PATH + "/rollback", "{'target_version': 99999, 'changed_by': 'ops'}");
        var zero = client.post(PATH + "/rollback", "{'target_version': 0, 'changed_by': 'ops'}");
        var item = client.post(PATH + "/rollback", "{'rollback_id': 'test-99999', 'changed_by': 'ops'}");
        var time = client.post(PATH + "/rollback", "{'target_time': 'noon', 'changed_by': 'ops'}");
        var old = client.post(PATH + "/rollback", "{'target_time': '2001-01-01T00:00:00Z', 'changed_by': 'ops'}");
        var unknown = client.post(PATH + "/rollback", "{'target_versio': 1, 'changed_by': 'ops'}");

        assertThat(two.status()).isEqualTo(422);
        assertThat(two.at("/error/details/errors/0/code").asText()).isEqualTo("CONFLICT");
        assertThat(version.status()).isEqualTo(404);
        assertThat(version.at("/error/code").asText()).isEqualTo("ROLLBACK_FAILED");
        assertThat(zero.status()).isEqualTo(422);
        assertThat(item.status()).isEqualTo(404);
        assertThat(time.status()).isEqualTo(422);
        assertThat(time.at("/error/details/errors/0/code").asText()).isEqualTo("INVALID_FORMAT");
        assertThat(old.status()).isEqualTo(404);
        assertThat(unknown.at("/error/suggestion").asText()).isEqualTo("use target_version instead of target_versio");
    }

    @Test
    void aRollbackHoldsToPreconditionsAndToItsKey() {
        set(131);
        var stale =
                client.post(PATH + "/rollback", "{'target_revision': 2, 'changed_by': 'ops', 'expected_revision': 1}");
        var body = "{'target_revision': 3, 'changed_by': 'ops'}";
        var first = client.post(PATH + "/rollback", body, "Idempotency-Key", "back-1");
        set(132);
        var repeated = client.post(PATH + "/restore", body, "Idempotency-Key", "back-1");

        assertThat(stale.status()).isEqualTo(409);
        assertThat(first.at("/metadata/action").asText()).isEqualTo("rollback");
        assertThat(repeated.at("/data")).isEqualTo(first.at("/data"));
        assertThat(client.get(PATH).at("/data/max_positions").asInt()).isEqualTo(132);
    }

    private static int positionsAfter(String route, String target) {
        var reply = client.post(PATH + route, "{" + target + ", 'changed_by': 'ops', 'reason': 'test'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.at("/data/max_positions").asInt();
    }

    private static void set(int value) {
        var reply = client.post(
                PATH, "{'max_positions': " + value + ", 'changed_by': 'ops', 'reason': 'set " + value + "'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private static JsonNode find(JsonNode items, long revision) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.get("revision").asLong() == revision)
                .findFirst()
                .orElseThrow();
    }
}
