package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.ConfigState;
import io.tabot.config.WholeConfig;
import io.tabot.config.WholeConfigJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A hundred writers at the same time over real sockets: some write blindly, some expect what they have read, some what
 * has long changed, some change several documents, and many say the same twice under one idempotency key. Whoever
 * counts reads a number and writes the next one, so that a lost update would show as a number written twice.
 */
class ManyWritersTest {
    private static final int WRITERS = 100;
    private static final int CHANGES_EACH = 8;
    private static final int ATTEMPTS = 5;
    private static final long SEED = Long.getLong("tabot.test.seed", 20_260_722L);
    private static final String APPLICATION = "/api/v1/config/application";
    private static final String RSI = "/api/v1/strategies/rsi_extreme_reversal/config";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    /**
     * How a write ended.
     *
     * @param code of a refusal; empty where there is none
     * @param applied whether it was acknowledged as a change; what is already so is none
     * @param expected the number that the writer had read; 0 where it had read none
     */
    private record Write(
            String reason, int status, String code, long revision, boolean applied, boolean repeated, int expected) {
        @Override
        public String toString() {
            return "seed " + SEED + ": " + reason + " " + status + code + " at revision " + revision;
        }
    }

    @Test
    void everyAcknowledgedChangeIsInTheAuditOnceAndNoUpdateIsLost() throws Exception {
        var writes = writeAll();
        var rows = audit();

        assertThat(writes).extracting(Write::status).contains(200, 409, 412);
        assertThat(writes).allSatisfy(write -> assertThat(write.code()).isIn("", "STALE", "READ_ONLY", "UNCONFIRMED"));
        assertEachAcknowledgedOnce(writes, rows);
        assertNoGaps(rows);
        assertNoUpdateLost(writes, rows);
        var history = client.get("/api/v1/audit/export")
                .text()
                .lines()
                .map(ConfigEventJson::read)
                .toList();
        var replayed = WholeConfig.of(ConfigState.replay(RunningApi.ENVIRONMENT, history));
        assertThat(history).hasSize((int) revision(rows.getFirst()));
        assertThat(client.get("/api/v1/config").at("/data")).isEqualTo(Client.json(WholeConfigJson.write(replayed)));
        assertThat(client.get("/api/v1/audit/verify").at("/data/sound").asBoolean())
                .isTrue();
    }

    private static void assertEachAcknowledgedOnce(List<Write> writes, List<JsonNode> rows) {
        var revisionOf = new HashMap<String, Long>();
        for (var row : rows) {
            var before = revisionOf.put(row.get("reason").asText(), revision(row));
            assertThat(before).as("one reason, one revision: " + row).isIn(null, revision(row));
        }
        var acknowledged = new HashSet<String>();
        var unconfirmed = new HashSet<String>();
        for (var write : writes) {
            if (write.applied()) {
                acknowledged.add(write.reason());
                assertThat(revisionOf.get(write.reason())).as(write.toString()).isEqualTo(write.revision());
            } else if (write.code().equals("UNCONFIRMED")) {
                unconfirmed.add(write.reason());
            } else if (write.code().equals("STALE")) {
                assertThat(revisionOf).as(write.toString()).doesNotContainKey(write.reason());
            }
        }
        var first = writes.stream().filter(Write::applied).filter(write -> !write.repeated());
        assertThat(first.map(Write::revision)).doesNotHaveDuplicates();
        // On a machine that is too busy, a change may be slower than its patience; then it may have happened.
        unconfirmed.add("first configuration");
        revisionOf.keySet().removeAll(unconfirmed);
        acknowledged.removeAll(unconfirmed);
        assertThat(acknowledged).as("seed " + SEED).isEqualTo(revisionOf.keySet());
        assertThat(writes.stream().filter(Write::repeated)).isNotEmpty();
    }

    private static void assertNoGaps(List<JsonNode> rows) {
        var revisions = rows.reversed().stream()
                .map(ManyWritersTest::revision)
                .distinct()
                .toList();
        var versions = new HashMap<String, Long>();
        for (var i = 0; i < revisions.size(); i++) {
            assertThat(revisions.get(i)).isEqualTo(i + 1);
        }
        for (var row : rows.reversed()) {
            var document = row.get("document").asText();
            assertThat(versions.merge(document, 1L, Long::sum)).isPositive();
        }
        versions.forEach((document, count) -> assertThat(
                        client.get(pathOf(document)).at("/data/version").asLong())
                .as(document)
                .isEqualTo(count));
    }

    /** What a counter expected is what the event found, and nobody came in between. */
    private static void assertNoUpdateLost(List<Write> writes, List<JsonNode> rows) {
        var counted = writes.stream()
                .filter(write -> write.applied() && write.expected() > 0)
                .toList();
        assertThat(counted).as("somebody is always first").isNotEmpty();
        for (var write : counted) {
            var row = rows.stream()
                    .filter(it -> it.get("reason").asText().equals(write.reason()))
                    .filter(it -> it.get("document").asText().equals("application"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.at("/before/max_positions").asInt())
                    .as(write.toString())
                    .isEqualTo(write.expected());
            assertThat(row.at("/after/max_positions").asInt()).isEqualTo(write.expected() + 1);
        }
    }

    private static List<Write> writeAll() throws Exception {
        var together = new CountDownLatch(1);
        var writes = new ArrayList<Write>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<List<Write>>>();
            for (var writer = 0; writer < WRITERS; writer++) {
                var random = new Random(SEED + writer);
                var name = "w" + writer;
                running.add(threads.submit(() -> {
                    together.await();
                    return writes(name, random);
                }));
            }
            together.countDown();
            for (var future : running) {
                writes.addAll(future.get());
            }
        }
        return writes;
    }

    private static List<Write> writes(String name, Random random) throws Exception {
        var writes = new ArrayList<Write>();
        for (var number = 0; number < CHANGES_EACH; number++) {
            var reason = name + "-" + number;
            switch (random.nextInt(5)) {
                case 0 -> writes.add(post(RSI, "'parameters': {'rsi_period': " + other(random) + "}", reason, 0));
                case 1 -> count(writes, reason);
                case 2 -> writes.add(post(APPLICATION, "'max_positions': 1, 'expected_revision': 0", reason, 0));
                case 3 -> twice(writes, random, reason);
                default -> writes.add(several(random, reason));
            }
        }
        return writes;
    }

    /** The next number, read anew as long as somebody else was faster. */
    private static void count(List<Write> writes, String reason) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var read = client.get(APPLICATION);
            var number = read.at("/data/max_positions").asInt();
            var tag = read.header("ETag").orElseThrow();
            var next = "'max_positions': " + (number + 1);
            var write = post(APPLICATION, next, reason + "-" + attempt, number, "If-Match", tag);
            writes.add(write);
            if (write.applied()) {
                return;
            }
        }
    }

    private static void twice(List<Write> writes, Random random, String reason) throws Exception {
        var body = "'parameters': {'rsi_period': " + other(random) + "}";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> post(RSI + "/ETHUSDT", body, reason, 0, "Idempotency-Key", reason));
            writes.add(post(RSI + "/ETHUSDT", body, reason, 0, "Idempotency-Key", reason));
            writes.add(first.get());
        }
    }

    private static Write several(Random random, String reason) {
        return post(
                "/api/v1/config/changes",
                "'changes': [{'document': 'strategy/rsi_extreme_reversal', 'parameters': {'rsi_period': "
                        + other(random)
                        + "}}, {'document': 'strategy/rsi_extreme_reversal/BTCUSDT', 'parameters': {'rsi_period': "
                        + other(random) + "}}]",
                reason,
                0);
    }

    private static int other(Random random) {
        return random.nextInt(2, 40);
    }

    private static Write post(String path, String fields, String reason, int expected, String... headers) {
        var reply = client.post(path, "{" + fields + ", 'changed_by': 'ops', 'reason': '" + reason + "'}", headers);
        return new Write(
                reason,
                reply.status(),
                reply.at("/error/code").asText(),
                reply.at("/metadata/revision").asLong(),
                reply.at("/metadata/changes_applied").asBoolean(),
                reply.at("/metadata/repeated").asBoolean(),
                expected);
    }

    private static List<JsonNode> audit() {
        var rows = new ArrayList<JsonNode>();
        var path = "/api/v1/audit?limit=1000";
        for (var next = path; next != null; ) {
            var reply = client.get(next);
            reply.at("/data").forEach(rows::add);
            var cursor = reply.at("/metadata/next");
            next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
        }
        return rows;
    }

    private static long revision(JsonNode row) {
        return row.get("revision").asLong();
    }

    private static String pathOf(String document) {
        return switch (document) {
            case "application" -> APPLICATION;
            case "strategy/rsi_extreme_reversal" -> RSI;
            case "strategy/rsi_extreme_reversal/ETHUSDT" -> RSI + "/ETHUSDT";
            case "strategy/rsi_extreme_reversal/BTCUSDT" -> RSI + "/BTCUSDT";
            default -> throw new IllegalStateException(document);
        };
    }
}
