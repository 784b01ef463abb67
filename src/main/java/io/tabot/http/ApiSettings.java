package io.tabot.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the API listens, whom it serves and how much it takes from one caller.
 *
 * @param port 0 lets the system choose
 * @param insecure whether callers from other machines may change the configuration although there are no access tokens
 * @param bodyBytesMax of a request; a longer body is refused
 * @param bodyTimeout how long a body may take to arrive
 * @param answerTimeout how long the configuration may take to answer. Longer than a change may wait for its journal, or
 *     changes that succeed are reported as unconfirmed
 * @param access nothing where there are no access tokens
 * @param tls nothing for plain HTTP
 * @param streams what live streams may cost
 * @param legacyStatus whether failures have the statuses of the Python bot, see {@link LegacyStatus}
 */
public record ApiSettings(
        String host,
        int port,
        boolean insecure,
        int bodyBytesMax,
        Duration bodyTimeout,
        Duration answerTimeout,
        Optional<ApiAccess> access,
        Optional<SSLContext> tls,
        StreamSettings streams,
        boolean legacyStatus) {
    public static final int BODY_BYTES_MAX = 64 * 1024;
    public static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    public static ApiSettings of(String host, int port, boolean insecure) {
        return new ApiSettings(
                host,
                port,
                insecure,
                BODY_BYTES_MAX,
                BODY_TIMEOUT,
                ANSWER_TIMEOUT,
                Optional.empty(),
                Optional.empty(),
                StreamSettings.DEFAULT,
                false);
    }

    public ApiSettings with(ApiAccess tokens) {
        return with(Optional.of(tokens), tls, streams, legacyStatus);
    }

    public ApiSettings with(SSLContext identity) {
        return with(access, Optional.of(identity), streams, legacyStatus);
    }

    public ApiSettings with(StreamSettings limits) {
        return with(access, tls, limits, legacyStatus);
    }

    public ApiSettings withLegacyStatus(boolean isOn) {
        return with(access, tls, streams, isOn);
    }

    private ApiSettings with(
            Optional<ApiAccess> tokens, Optional<SSLContext> identity, StreamSettings limits, boolean isLegacy) {
        return new ApiSettings(
                host, port, insecure, bodyBytesMax, bodyTimeout, answerTimeout, tokens, identity, limits, isLegacy);
    }
}
