package io.tabot.http;

import io.tabot.config.ChangeMeta.Through;
import io.tabot.mcp.AgentEndpoint;
import io.tabot.mcp.ApiAnswer;
import io.tabot.mcp.ApiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Function;

/**
 * Makes the calls of tools. Each is a request to the API that keeps the headers of the agent's own, so that the same
 * tokens, rules and limits hold; only the audit tells the difference.
 */
final class AgentCalls {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /** They are about the message of the agent, and would mean something else to the API. */
    private static final Set<String> OF_THE_MESSAGE = Set.of(
            "accept", "content-type", "content-length", "if-match", "if-none-match", "idempotency-key", "expect");

    private final ActorSystem<?> system;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> resources;

    /** @param resources what tools call, sealed */
    static AgentEndpoint<HttpRequest> endpoint(ActorSystem<?> system, Route resources, HttpApi.Parts parts) {
        var calls = new AgentCalls(system, resources);
        return new AgentEndpoint<>(parts.health().build().version(), calls::call, parts.meters());
    }

    private AgentCalls(ActorSystem<?> system, Route resources) {
        this.system = system;
        this.resources = resources.function(system);
    }

    private CompletionStage<ApiAnswer> call(HttpRequest message, ApiCall call) {
        try {
            return resources
                    .apply(request(message, call))
                    .thenCompose(response -> response.entity().toStrict(ANSWER_MAX.toMillis(), system))
                    .thenApply(entity -> {
                        var json = entity.getData().utf8String();
                        return new ApiAnswer(Json.isRefusal(json), json);
                    });
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static HttpRequest request(HttpRequest message, ApiCall call) {
        var uri = message.getUri().path("/");
        for (var segment : call.path()) {
            uri = uri.addPathSegment(segment);
        }
        var request = message.withUri(uri.query(query(call.query())))
                .withHeaders(StreamSupport.stream(message.getHeaders().spliterator(), false)
                        .filter(header -> !OF_THE_MESSAGE.contains(header.lowercaseName()))
                        .toList())
                .addAttribute(ChangeRequests.THROUGH, Through.MCP);
        if (call.body() == null) {
            return request.withMethod(HttpMethods.GET).withEntity(HttpEntities.EMPTY);
        }
        var posted = request.withMethod(HttpMethods.POST)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(call.body())));
        return call.idempotencyKey() == null
                ? posted
                : posted.addHeader(RawHeader.create("Idempotency-Key", call.idempotencyKey()));
    }

    private static Query query(Map<String, String> parameters) {
        var pairs = new ArrayList<Pair<String, String>>();
        parameters.forEach((name, value) -> pairs.add(Pair.create(name, value)));
        return Query.create(pairs);
    }
}
