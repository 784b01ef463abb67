package io.tabot.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A client whose changes are told from those of any other: each sets {@code max_positions} to a number that only this
 * client uses, gives its key as the reason, and is repeated until it is acknowledged.
 */
public final class KeyedClient {
    private static final String PATH = "/api/v1/config/application";

    private final String name;
    private final int base;
    private final int sizes;
    private final Map<String, Long> acknowledged = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    /** @param sizes how many {@code position_sizes} each change sets, to be as large as a test needs it; 0 for none */
    public KeyedClient(String name, int base, int sizes) {
        this.name = name;
        this.base = base;
        this.sizes = sizes;
    }

    /** Tries the change that is next; whether it was acknowledged. No answer is no acknowledgement. */
    public boolean changeNext(ServiceProcess service) {
        var number = acknowledged.size() + 1;
        var key = name + "-" + number;
        var body = new LinkedHashMap<String, Object>();
        body.put("max_positions", base + number);
        if (sizes > 0) {
            body.put(
                    "position_sizes",
                    IntStream.range(0, sizes)
                            .map(i -> 1_000_000 + i + number)
                            .boxed()
                            .toList());
        }
        body.put("changed_by", name);
        body.put("reason", key);
        try {
            var reply = service.post(PATH, body, Map.of("Idempotency-Key", key));
            if (reply.status() == 200) {
                acknowledged.put(key, reply.metadata().path("revision").asLong());
                return true;
            }
            if (reply.status() != 503) {
                throw new IllegalStateException(reply.toString());
            }
            var error = reply.json().path("error");
            refusals.add(
                    error.path("code").asText() + ": " + error.path("message").asText());
        } catch (IOException e) {
            // Done or not: it is repeated with its key.
        }
        return false;
    }

    /** The revision that each acknowledged change was told, by its key. */
    public Map<String, Long> acknowledged() {
        synchronized (acknowledged) {
            return Map.copyOf(acknowledged);
        }
    }

    public int count() {
        return acknowledged.size();
    }

    /** Code and message of every answer that said no. */
    public List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    /**
     * The revision of every change of the application by its reason, as the audit tells it; one that is there
     * twice fails.
     */
    public static Map<String, Long> audited(ServiceProcess service) {
        var found = new LinkedHashMap<String, Long>();
        for (var cursor = ""; cursor != null; ) {
            var page = service.get(PATH + "/audit?limit=20" + cursor);
            StreamSupport.stream(page.data().spliterator(), false).forEach(item -> {
                var before = found.put(
                        item.path("reason").asText(), item.path("revision").asLong());
                if (before != null) {
                    throw new IllegalStateException("twice in the audit: " + item.path("reason"));
                }
            });
            var next = page.metadata().path("next");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : null;
        }
        return found;
    }
}
