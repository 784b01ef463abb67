package io.tabot.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tabot.config.ConfigView;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers into the envelope that every client of the API knows. All five fields are always there. A
 * refusal that is to be tried again later has a sixth at the top, where the decision service looks for it.
 */
final class Answers {
    private record Envelope(
            boolean success,
            @Nullable Object data,
            @Nullable Problem error,
            Map<String, @Nullable Object> metadata,
            Instant timestamp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object retryAfter) {}

    private final String environment;
    private final ConfigView view;
    private final Clock clock;

    Answers(String environment, ConfigView view, Clock clock) {
        this.environment = environment;
        this.view = view;
        this.clock = clock;
    }

    HttpResponse render(Answer answer) {
        var response = HttpResponse.create()
                .withStatus(StatusCodes.get(answer.status()))
                .addHeaders(answer.headers())
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
        if (answer.status() == Answer.NOT_MODIFIED) {
            return response;
        }
        if (answer.problem() != null) {
            response = response.addAttribute(LegacyStatus.CODE, answer.problem().code());
        }
        var envelope = new Envelope(
                answer.problem() == null,
                answer.data(),
                answer.problem(),
                metadata(answer),
                clock.instant(),
                retryAfter(answer.problem()));
        return response.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(envelope)));
    }

    private static @Nullable Object retryAfter(@Nullable Problem problem) {
        return problem == null || problem.details() == null
                ? null
                : problem.details().get(Answer.RETRY_AFTER);
    }

    /** The node's own revision comes first, so that an answer about another one can say so. */
    private Map<String, @Nullable Object> metadata(Answer answer) {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("environment", environment);
        view.current()
                .ifPresent(inForce -> metadata.put("revision", inForce.state().revision()));
        metadata.putAll(answer.metadata());
        return metadata;
    }
}
