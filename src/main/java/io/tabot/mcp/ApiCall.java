package io.tabot.mcp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API, before it is one of HTTP.
 *
 * @param path its segments, not encoded
 * @param body an object to post; null to read
 * @param idempotencyKey that the change is recognised by when it comes again
 */
public record ApiCall(
        List<String> path,
        Map<String, String> query,
        @Nullable Map<String, @Nullable Object> body,
        @Nullable String idempotencyKey) {
    public ApiCall {
        path = List.copyOf(path);
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        body = body == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    static ApiCall read(List<String> path, Map<String, String> query) {
        return new ApiCall(path, query, null, null);
    }

    static ApiCall post(List<String> path, Map<String, @Nullable Object> body) {
        return new ApiCall(path, Map.of(), body, null);
    }

    /** Segments below the root of the API. */
    static List<String> api(String... segments) {
        var path = new ArrayList<>(List.of("api", "v1"));
        path.addAll(List.of(segments));
        return path;
    }
}
