package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.mcp.AgentEndpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * The door for agents.
 *
 * <pre>
 * POST /mcp  a message of the Model Context Protocol, over streamable HTTP without sessions
 * </pre>
 */
final class McpRoutes {
    static final String PATH = "/mcp";

    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private final Api api;
    private final Answers answers;
    private final ChangeGuard guard;
    private final Bodies bodies;
    private final AgentEndpoint<HttpRequest> endpoint;

    McpRoutes(Api api, Answers answers, ChangeGuard guard, Bodies bodies, AgentEndpoint<HttpRequest> endpoint) {
        this.api = api;
        this.answers = answers;
        this.guard = guard;
        this.bodies = bodies;
        this.endpoint = endpoint;
    }

    Route create() {
        return api.at(PATH, () -> post(() -> extractRequest(request -> completeWithFuture(answer(request)))));
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        var refusal = guard.refusal(request)
                .map(Answer::refused)
                .or(() -> new QueryFields(request).refusal())
                .or(() -> ChangeRequests.wrongType(request).map(Answer::refused))
                .or(() -> wrongVersion(request));
        if (refusal.isPresent()) {
            return bodies.drain(request).thenApply(_ -> answers.render(refusal.get()));
        }
        return bodies.read(request).thenCompose(body -> switch (body) {
            case Bodies.Read.Refused(var answer) -> CompletableFuture.completedFuture(answers.render(answer));
            case Bodies.Read.Bytes(var bytes) -> read(request, bytes);
        });
    }

    /** Read twice: the library is not as strict as the API is with what it is sent. */
    private CompletionStage<HttpResponse> read(HttpRequest request, byte[] bytes) {
        return switch (Json.readObject(bytes)) {
            case Json.Read.Malformed(var reason) ->
                CompletableFuture.completedFuture(answers.render(Answer.refused(ErrorCode.MALFORMED_JSON, reason)));
            case Json.Read.Fields _ -> endpoint.answer(request, bytes).thenApply(this::response);
        };
    }

    private Optional<Answer> wrongVersion(HttpRequest request) {
        return request.getHeader(VERSION_HEADER)
                .map(HttpHeader::value)
                .filter(version -> !endpoint.protocolVersions().contains(version))
                .map(_ -> Answer.refused(Problem.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "this version of the protocol is not spoken here",
                        VERSION_HEADER + " may be " + String.join(", ", endpoint.protocolVersions()))));
    }

    private HttpResponse response(AgentEndpoint.Reply reply) {
        return switch (reply) {
            case AgentEndpoint.Reply.Response(var json) ->
                HttpResponse.create()
                        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, json))
                        .addHeader(RawHeader.create("Cache-Control", "no-store"));
            case AgentEndpoint.Reply.Accepted() -> HttpResponse.create().withStatus(StatusCodes.ACCEPTED);
            case AgentEndpoint.Reply.Unreadable(var reason) ->
                answers.render(Answer.refused(ErrorCode.MALFORMED_REQUEST, reason));
        };
    }
}
