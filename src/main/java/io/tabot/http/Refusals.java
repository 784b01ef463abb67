package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import io.tabot.config.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.Rejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.UnacceptedResponseContentTypeRejection;
import org.apache.pekko.http.javadsl.server.UnsupportedRequestContentTypeRejection;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what no route answers, and what fails, becomes an answer in the envelope. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Answers answers;

    Refusals(Answers answers) {
        this.answers = answers;
    }

    /** @param templates the paths that exist, to guess from what was meant */
    RejectionHandler rejections(Collection<String> templates) {
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, this::wrongMethod)
                .handle(
                        UnacceptedResponseContentTypeRejection.class,
                        _ -> refuse(ErrorCode.NOT_ACCEPTABLE, "there is no representation that the caller accepts"))
                .handle(
                        UnsupportedRequestContentTypeRejection.class,
                        _ -> refuse(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body has a type that is not taken here"))
                .handle(Rejection.class, _ -> refuse(ErrorCode.MALFORMED_REQUEST, "the request is malformed"))
                .handleNotFound(extractRequest(request -> complete(answers.render(notFound(request, templates)))))
                .build();
    }

    ExceptionHandler failures() {
        return ExceptionHandler.newBuilder()
                .matchAny(failure -> complete(answers.render(failed(failure))))
                .build();
    }

    /** A wait that ended is somebody else's trouble; anything else is a bug, and its text is not for the caller. */
    private static Answer failed(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case TimeoutException _ -> Answer.refused(ErrorCode.UNAVAILABLE, "no answer in time; try again");
            case IllegalUriException _ -> Answer.refused(ErrorCode.MALFORMED_REQUEST, "the address is malformed");
            default -> {
                LOG.error("a request failed", cause);
                yield Answer.refused(ErrorCode.INTERNAL_ERROR, "internal error; the log of this node has it");
            }
        };
    }

    private Route wrongMethod(List<MethodRejection> rejections) {
        var allowed = rejections.stream()
                .map(MethodRejection::supported)
                .map(HttpMethod::value)
                .flatMap(method -> method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method))
                .distinct()
                .collect(Collectors.joining(", "));
        return extractRequest(request -> complete(answers.render(Answer.refused(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        request.method().value() + " is not possible here; possible: " + allowed)
                .header("Allow", allowed))));
    }

    private Route refuse(ErrorCode code, String message) {
        return complete(answers.render(Answer.refused(code, message)));
    }

    private static Answer notFound(HttpRequest request, Collection<String> templates) {
        var path = request.getUri().path();
        return Answer.refused(Nearest.of(path, templates)
                .map(nearest ->
                        Problem.of(ErrorCode.NOT_FOUND, "there is no such route", "did you mean " + nearest + "?"))
                .orElseGet(() -> Problem.of(
                        ErrorCode.NOT_FOUND, "there is no such route", "/docs lists the routes that exist")));
    }
}
