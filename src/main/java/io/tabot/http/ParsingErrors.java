package io.tabot.http;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the envelope what is no HTTP request at all, or has too long a header. Pekko makes the one instance by
 * name and hands it nothing, so a starting server leaves its envelope here.
 */
public final class ParsingErrors extends ParsingErrorHandler {
    /** Where Pekko looks for the instance. */
    public static final ParsingErrors MODULE$ = new ParsingErrors();

    private static final AtomicReference<@Nullable Answers> ENVELOPE = new AtomicReference<>();

    private ParsingErrors() {}

    static void answerThrough(Answers answers) {
        ENVELOPE.set(answers);
    }

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        // The detail quotes the request, which may hold secrets; the summary does not.
        log.info("refused a request that can't be read: {}", info.summary());
        var code = status.intValue() == ErrorCode.PAYLOAD_TOO_LARGE.status()
                ? ErrorCode.PAYLOAD_TOO_LARGE
                : ErrorCode.MALFORMED_REQUEST;
        var answer = Answer.refused(code, info.summary()).status(status.intValue());
        return Objects.requireNonNull(ENVELOPE.get()).render(answer);
    }
}
