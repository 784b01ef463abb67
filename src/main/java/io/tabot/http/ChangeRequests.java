package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.config.ChangeMeta.Through;
import io.tabot.trace.Span;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests that change something in, one question after the other: from here? no parameter that means nothing?
 * JSON? short? well-formed? by somebody who may, and not too often?
 */
final class ChangeRequests {
    /** Through which door a request came, where it was not the API itself. */
    static final AttributeKey<Through> THROUGH = AttributeKey.create("through", Through.class);

    private static final int WAITING_MAX = 256;

    private final Api api;
    private final ChangeGuard guard;
    private final Bodies bodies;
    private final ChangePermits permits;
    private final Tracer tracer;
    private final Semaphore waiting = new Semaphore(WAITING_MAX);

    ChangeRequests(Api api, ChangeGuard guard, Bodies bodies, ChangePermits permits, Tracer tracer) {
        this.api = api;
        this.guard = guard;
        this.bodies = bodies;
        this.permits = permits;
        this.tracer = tracer;
    }

    /**
     * For a change that is a JSON object. Its answer may wait until the change is applied.
     *
     * @param query the parameters that mean something to the route
     */
    Route change(Function<ChangeRequest, CompletionStage<Answer>> handler, String... query) {
        var names = Stream.concat(WaitFields.NAMES.stream(), Stream.of(query)).toArray(String[]::new);
        return patiently(() -> object(handler, names));
    }

    /** For a question that is a JSON object, and changes nothing. */
    Route question(Function<ChangeRequest, CompletionStage<Answer>> handler) {
        return object(handler);
    }

    private Route object(Function<ChangeRequest, CompletionStage<Answer>> handler, String... query) {
        return extractRequest(request -> api.answer(refusal(request, query)
                .or(() -> wrongType(request).map(Answer::refused))
                .map(answer -> refuse(request, answer))
                .orElseGet(() -> bodies.read(request).thenCompose(body -> switch (body) {
                    case Bodies.Read.Bytes(var bytes) -> parse(request, bytes, handler);
                    case Bodies.Read.Refused(var answer) -> CompletableFuture.completedFuture(answer);
                }))));
    }

    /** For what takes no body; one that comes all the same is not looked at. */
    Route command(Answer answer) {
        return extractRequest(
                request -> api.answer(refuse(request, refusal(request).orElse(answer))));
    }

    /** For what says everything in the query, being about what the path names. A body is not looked at either. */
    Route removal(Function<ChangeRequest, CompletionStage<Answer>> handler) {
        return patiently(() -> extractRequest(request -> api.answer(guard.refusal(request)
                .map(Answer::refused)
                .or(() -> refusalOfWait(request))
                .map(answer -> refuse(request, answer))
                .orElseGet(() -> bodies.drain(request)
                        .thenCompose(_ -> withHeaders(request, QueryBody.of(request), handler))))));
    }

    /** Whoever waits has said how long: the limit for all other requests is not for him. */
    private static Route patiently(Supplier<Route> route) {
        return extractRequest(request ->
                request.getUri().query().get(WaitFields.NAMES.getFirst()).isPresent()
                        ? withoutRequestTimeout(route)
                        : route.get());
    }

    private Optional<Answer> refusal(HttpRequest request, String... query) {
        return guard.refusal(request).map(Answer::refused).or(() -> {
            var fields = new QueryFields(request, query);
            var _ = WaitFields.read(fields);
            return fields.refusal();
        });
    }

    private CompletionStage<Answer> refuse(HttpRequest request, Answer answer) {
        return bodies.drain(request).thenApply(_ -> answer);
    }

    static Optional<Problem> wrongType(HttpRequest request) {
        var type = request.entity().getContentType().mediaType();
        var isJson = type.mainType().equals("application") && type.subType().equals("json");
        return isJson
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "the body must be JSON",
                        "send Content-Type: application/json"));
    }

    private CompletionStage<Answer> parse(
            HttpRequest request, byte[] bytes, Function<ChangeRequest, CompletionStage<Answer>> handler) {
        return switch (Json.readObject(bytes)) {
            case Json.Read.Malformed(var reason) ->
                CompletableFuture.completedFuture(Answer.refused(ErrorCode.MALFORMED_JSON, reason));
            case Json.Read.Fields(var fields) -> withHeaders(request, fields, handler);
        };
    }

    private CompletionStage<Answer> withHeaders(
            HttpRequest request,
            Map<String, @Nullable Object> fields,
            Function<ChangeRequest, CompletionStage<Answer>> handler) {
        var key = request.getHeader("Idempotency-Key").map(header -> header.value());
        var ifMatch = request.getHeader("If-Match")
                .map(header -> header.value().strip())
                .filter(tags -> !tags.equals("*"));
        var revision = ifMatch.map(RevisionTag::newest);
        if (revision.filter(newest -> newest.isEmpty()).isPresent()) {
            return CompletableFuture.completedFuture(Answer.refused(Problem.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "If-Match takes the revision of a document in quotes",
                    "send the ETag of a read, e.g. If-Match: \"42\"")));
        }
        var newest = revision.isPresent() ? (Long) revision.get().getAsLong() : null;
        var caller = permits.caller(request);
        var patience = patience(request);
        var span = spanOf(request);
        var change = new ChangeRequest(
                fields,
                caller == null ? null : caller.name(),
                request.getAttribute(THROUGH).orElse(Through.API),
                newest,
                key.orElse(null),
                patience,
                span.context());
        return permits.run(request, fields, () -> patience == null ? handler.apply(change) : wait(change, handler))
                .whenComplete((answer, failure) -> end(span, answer, failure));
    }

    private Span spanOf(HttpRequest request) {
        var span = tracer.start(
                "change request",
                Tracer.Kind.SERVER,
                TraceContext.of(header(request, TraceContext.TRACEPARENT), header(request, TraceContext.TRACESTATE)));
        if (span.isRecording()) {
            span.set("http.request.method", request.method().value())
                    .set("url.path", request.getUri().path());
        }
        return span;
    }

    private static @Nullable String header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse(null);
    }

    private static void end(Span span, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer != null) {
            span.set("http.response.status_code", answer.status());
        }
        if (failure != null) {
            span.failed(failure.toString());
        }
        span.end();
    }

    private static @Nullable Duration patience(HttpRequest request) {
        return WaitFields.read(anyQuery(request));
    }

    private static Optional<Answer> refusalOfWait(HttpRequest request) {
        var query = anyQuery(request);
        var _ = WaitFields.read(query);
        return query.refusal();
    }

    /** The query whose names are judged elsewhere. */
    private static QueryFields anyQuery(HttpRequest request) {
        var names = request.getUri().query().toMultiMap().keySet();
        return new QueryFields(request, names.toArray(String[]::new));
    }

    /** Refused before anything is changed where too many wait already. */
    private CompletionStage<Answer> wait(
            ChangeRequest change, Function<ChangeRequest, CompletionStage<Answer>> handler) {
        if (!waiting.tryAcquire()) {
            return CompletableFuture.completedFuture(Answer.refused(Problem.of(
                    ErrorCode.UNAVAILABLE,
                    WAITING_MAX + " requests wait already until their changes are applied; nothing was changed",
                    "ask without wait, or try again later")));
        }
        return CompletableFuture.completedFuture(change).thenCompose(handler).whenComplete((_, _) -> waiting.release());
    }
}
