package io.tabot.http;

/** The codes that the API refuses with, each with the status that goes with it. Clients match on the names. */
enum ErrorCode {
    MALFORMED_REQUEST(400),
    MALFORMED_JSON(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    UNKNOWN_ENVIRONMENT(404),
    /** The state to go back to does not exist. */
    ROLLBACK_FAILED(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    /** 412 where the precondition came in a header. */
    STALE(409),
    /** A strategy's life has no such next stage. */
    INVALID_TRANSITION(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    VALIDATION_ERROR(422),
    IDEMPOTENCY_KEY_REUSED(422),
    TOO_MANY_REQUESTS(429),
    RATE_LIMITED(429),
    INTERNAL_ERROR(500),
    /** The change may still take effect. */
    UNCONFIRMED(503),
    READ_ONLY(503),
    UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
