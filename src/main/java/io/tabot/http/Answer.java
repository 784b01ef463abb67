package io.tabot.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** What a route has to say, before it is put into the envelope: data or a problem, never both. */
record Answer(
        int status,
        @Nullable Object data,
        @Nullable Problem problem,
        Map<String, @Nullable Object> metadata,
        List<HttpHeader> headers) {
    private static final int OK = 200;

    /** The detail of a refusal that says after how many seconds to try again. */
    static final String RETRY_AFTER = "retry_after";

    static final int NOT_MODIFIED = 304;
    static final int PRECONDITION_FAILED = 412;

    static Answer ok(@Nullable Object data) {
        return new Answer(OK, data, null, Map.of(), List.of());
    }

    static Answer refused(Problem problem) {
        return new Answer(problem.code().status(), null, problem, Map.of(), List.of());
    }

    static Answer refused(ErrorCode code, String message) {
        return refused(Problem.of(code, message));
    }

    Answer status(int other) {
        return new Answer(other, data, problem, metadata, headers);
    }

    /** Adds one field to the metadata. */
    Answer with(String field, @Nullable Object value) {
        var more = new LinkedHashMap<String, @Nullable Object>(metadata);
        more.put(field, value);
        return new Answer(status, data, problem, more, headers);
    }

    Answer header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(RawHeader.create(name, value));
        return new Answer(status, data, problem, metadata, more);
    }

    /** Names the revision that the data is of, for {@code If-Match} and {@code If-None-Match}. */
    Answer etag(long revision) {
        return header("ETag", RevisionTag.of(revision));
    }
}
