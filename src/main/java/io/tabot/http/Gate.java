package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapRequest;

import io.tabot.access.Authenticator;
import io.tabot.access.Authenticator.Verdict;
import io.tabot.access.Caller;
import io.tabot.access.Deed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Stands in front of every path of the API where there are access tokens, and lets in whom it knows. Whether a change
 * is one shows in the body, so that is for {@link ChangePermits}; a reader's role shows here.
 */
final class Gate {
    /** Who sent a request that was let in. */
    static final AttributeKey<Caller> CALLER = AttributeKey.create("caller", Caller.class);

    /** Whether that caller may still read: what he holds can be taken away while an answer goes on. */
    static final AttributeKey<BooleanSupplier> MAY_READ = AttributeKey.create("may-read", BooleanSupplier.class);

    private static final String SCHEME = "bearer ";
    private static final String REALM = "Bearer realm=\"ta-bot\"";

    private final Answers answers;
    private final Bodies bodies;
    private final Optional<Authenticator> authenticator;
    private final List<String> headers;
    private final String environment;

    /** @param access nothing where there are no tokens: then everybody is let in, as nobody */
    Gate(Answers answers, Bodies bodies, Optional<ApiAccess> access, String environment) {
        this.answers = answers;
        this.bodies = bodies;
        this.authenticator = access.map(it -> new Authenticator(it.tokens(), environment));
        this.headers = access.stream()
                .flatMap(it -> it.headers().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        this.environment = environment;
    }

    /** @param deed the least that a request wants */
    Route guard(Function<HttpRequest, Deed> deed, Supplier<Route> inner) {
        return authenticator
                .<Route>map(known -> extractRequest(request -> switch (known.judge(presented(request))) {
                    case Verdict.Known(var caller)
                    when caller.role().may(deed.apply(request)) ->
                        letIn(caller, mayRead(known, presented(request)), inner);
                    case Verdict.Known(var caller) -> turnAway(request, forbidden(caller, "only read"));
                    case Verdict.Missing() -> turnAway(request, unauthorized("this needs an access token", ""));
                    case Verdict.Unknown() ->
                        turnAway(request, unauthorized("the access token is not known", ", error=\"invalid_token\""));
                    case Verdict.Elsewhere() -> turnAway(request, elsewhere());
                }))
                .orElseGet(inner);
    }

    /** @param most what the role allows */
    static Answer forbidden(Caller caller, String most) {
        return forbidden(Problem.of(
                ErrorCode.FORBIDDEN, "a token with the role " + caller.role().id() + " may " + most));
    }

    private static Answer forbidden(Problem problem) {
        return Answer.refused(problem).header("WWW-Authenticate", REALM + ", error=\"insufficient_scope\"");
    }

    private static Answer unauthorized(String message, String error) {
        return Answer.refused(Problem.of(ErrorCode.UNAUTHORIZED, message, "send Authorization: Bearer <token>"))
                .header("WWW-Authenticate", REALM + error);
    }

    private Answer elsewhere() {
        return forbidden(
                Problem.of(ErrorCode.FORBIDDEN, "this token is good for other environments, not for " + environment));
    }

    /** The least that such a request can want. */
    static Deed deed(HttpRequest request) {
        var isRead =
                request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
        return isRead ? Deed.READ : Deed.REHEARSE;
    }

    private static BooleanSupplier mayRead(Authenticator known, List<String> tokens) {
        return () -> known.judge(tokens) instanceof Verdict.Known(var caller)
                && caller.role().may(Deed.READ);
    }

    private static Route letIn(Caller caller, BooleanSupplier mayRead, Supplier<Route> inner) {
        return mapRequest(request -> request.addAttribute(CALLER, caller).addAttribute(MAY_READ, mayRead), inner);
    }

    private Route turnAway(HttpRequest request, Answer answer) {
        return completeWithFuture(bodies.drain(request).thenApply(_ -> answers.render(answer)));
    }

    /** Every token that came along. What is no token by its place or scheme is somebody else's business. */
    private List<String> presented(HttpRequest request) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .flatMap(this::token)
                .toList();
    }

    private Stream<String> token(HttpHeader header) {
        var value = header.value().strip();
        if (header.is("authorization")) {
            return value.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                    ? Stream.of(value.substring(SCHEME.length()).strip())
                    : Stream.empty();
        }
        return headers.contains(header.lowercaseName()) ? Stream.of(value) : Stream.empty();
    }
}
