package io.tabot.config;

import io.tabot.trace.TraceContext;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change, through what and why.
 *
 * @param changedBy what the caller says
 * @param actor whom an access token has shown to be the caller; null where there are none
 * @param trace what it follows from; null where nobody traces it. It is not kept
 */
public record ChangeMeta(
        String changedBy,
        @Nullable String actor,
        Through through,
        @Nullable String reason,
        @Nullable Idempotency idempotency,
        @Nullable TraceContext trace) {
    /** The way a change came in. */
    public enum Through {
        API("api"),
        MCP("mcp"),
        SCHEDULE("schedule"),
        STARTUP("startup"),
        IMPORT("import");

        private final String id;

        Through(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        public static Optional<Through> of(String id) {
            return Arrays.stream(values())
                    .filter(through -> through.id.equals(id))
                    .findFirst();
        }
    }

    /**
     * The caller's name for one change, so that its repetition changes nothing.
     *
     * @param fingerprint of the request: the same key with another fingerprint is a mistake of the caller
     */
    public record Idempotency(String key, String fingerprint) {}

    /** Of a change that nobody traces. */
    public ChangeMeta(
            String changedBy,
            @Nullable String actor,
            Through through,
            @Nullable String reason,
            @Nullable Idempotency idempotency) {
        this(changedBy, actor, through, reason, idempotency, null);
    }

    /** Of a caller that nothing but its own word names. */
    public ChangeMeta(String changedBy, Through through, @Nullable String reason, @Nullable Idempotency idempotency) {
        this(changedBy, null, through, reason, idempotency);
    }

    public static ChangeMeta of(String changedBy, Through through, @Nullable String reason) {
        return new ChangeMeta(changedBy, through, reason, null);
    }
}
