package io.tabot.http;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that wants to change something, from somebody who may: its body is a JSON object, and not judged beyond
 * that.
 *
 * @param actor whom a token has shown to be the caller; null where there are none
 * @param through the door that it came by
 * @param ifMatch the newest revision that the caller's {@code If-Match} accepts
 * @param patience how long the answer waits until the change is applied everywhere; null: not at all
 * @param trace what the change follows from; null where nobody traces it
 */
record ChangeRequest(
        Map<String, @Nullable Object> body,
        @Nullable String actor,
        Through through,
        @Nullable Long ifMatch,
        @Nullable String idempotencyKey,
        @Nullable Duration patience,
        @Nullable TraceContext trace) {
    ChangeRequest {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    /** @param operation what the request is about: the same key and body for something else is another request */
    @Nullable Idempotency idempotency(String operation) {
        return idempotencyKey == null
                ? null
                : new Idempotency(idempotencyKey, sha256(operation + '\n' + Json.canonical(body)));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
