package io.tabot.http;

import java.time.Duration;

/**
 * Where the API listens and how much it takes from one caller.
 *
 * @param port 0 lets the system choose
 * @param insecure whether callers from other machines may change the configuration although there are no access tokens
 * @param bodyBytesMax of a request; a longer body is refused
 * @param answerTimeout how long the configuration may take to answer. Longer than a change may wait for its journal, or
 *     changes that succeed are reported as unconfirmed
 */
public record ApiSettings(String host, int port, boolean insecure, int bodyBytesMax, Duration answerTimeout) {
    public static final int BODY_BYTES_MAX = 64 * 1024;
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    public static ApiSettings of(String host, int port, boolean insecure) {
        return new ApiSettings(host, port, insecure, BODY_BYTES_MAX, ANSWER_TIMEOUT);
    }
}
