package io.tabot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.testing.ServiceProcess.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * A careful client: sets {@code max_positions} to 1001, 1002 and so on, one change after the other, and repeats a
 * change with its idempotency key until it is acknowledged, over any number of lives of the service.
 */
public final class ChangeClient {
    private static final String PATH = "/api/v1/config/application";
    private static final int BASE = 1_000;
    private static final int PAGE = 40;

    /** Revisions of the acknowledged changes, in the order of the changes. */
    private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());

    private volatile int repeated;
    private volatile int refused;

    /** What the audit says of one change. */
    public record Item(long revision, long version, String action, int maxPositions, String changedBy) {}

    /** Changes on, until the service no longer answers. */
    public void changeUntilNoAnswer(ServiceProcess service) {
        while (changeNext(service)) {
            // The next one.
        }
    }

    /** Posts the change that is next, or again; false when no answer came. */
    public boolean changeNext(ServiceProcess service) {
        var value = BASE + acknowledged.size() + 1;
        try {
            take(service.post(
                    PATH,
                    Map.of("max_positions", value, "changed_by", "client", "reason", "change " + value),
                    Map.of("Idempotency-Key", "change-" + value)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    /** The revision that each acknowledged change was told. */
    public List<Long> revisions() {
        return List.copyOf(acknowledged);
    }

    /** The {@code max_positions} after so many changes. */
    public static int valueAfter(int changes) {
        return BASE + changes;
    }

    /** How many unanswered changes turned out to have taken effect. */
    public int repeated() {
        return repeated;
    }

    /** How often the service said that it can't take a change at the moment. */
    public int refused() {
        return refused;
    }

    /** Every change of the application document, oldest first, read page by page. */
    public static List<Item> audit(ServiceProcess service) {
        var items = new ArrayList<Item>();
        var path = PATH + "/audit?limit=" + PAGE;
        for (var cursor = ""; cursor != null; ) {
            var page = service.get(path + cursor);
            StreamSupport.stream(page.data().spliterator(), false)
                    .map(ChangeClient::item)
                    .forEach(items::add);
            cursor = page.metadata().path("next").isTextual()
                    ? "&cursor=" + page.metadata().path("next").asText()
                    : null;
        }
        return items.reversed();
    }

    /** The document in force, once the service has heard of it from its journal in this life. */
    public static JsonNode inForce(ServiceProcess service) {
        var fresh = Awaitility.await("a configuration that is not stale")
                .until(
                        () -> service.get(PATH),
                        reply -> reply.status() == 200
                                && !reply.metadata().path("stale_since").isTextual());
        return fresh.data();
    }

    private void take(Reply reply) {
        if (reply.status() == 200) {
            if (reply.metadata().path("repeated").asBoolean()) {
                repeated++;
            }
            acknowledged.add(reply.metadata().path("revision").asLong());
        } else if (reply.status() == 503) {
            refused++;
        } else {
            throw new IllegalStateException(reply.toString());
        }
    }

    private static Item item(JsonNode item) {
        return new Item(
                item.path("revision").asLong(),
                item.path("version").asLong(),
                item.path("action").asText(),
                item.path("new_config").path("max_positions").asInt(),
                item.path("changed_by").asText());
    }
}
