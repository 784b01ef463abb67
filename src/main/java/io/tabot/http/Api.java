package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractMethod;
import static org.apache.pekko.http.javadsl.server.Directives.handleExceptions;
import static org.apache.pekko.http.javadsl.server.Directives.handleRejections;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathSingleSlash;

import io.tabot.access.Deed;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.server.PathMatcher0;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * What every class of routes is built from: paths written out as templates, and answers in the envelope. A path
 * refuses a wrong method itself, so that the answer names the methods of that path alone; and none is reached but
 * through the {@link Gate}.
 */
final class Api {
    /** The template of the path that answered: what meters may tell about a request. */
    static final AttributeKey<String> TEMPLATE = AttributeKey.create("template", String.class);

    /** Below here access tokens are asked for. Elsewhere are probes, metrics, and what is the same in every copy. */
    private static final String GUARDED = "/api/";

    /** Agents need one as well, and what they do by it is judged call by call. */
    private static final String AGENTS = "/mcp";

    private static final String VARIABLE = "/\\{[a-z_]+}";

    private final Answers answers;
    private final Refusals refusals;
    private final Gate gate;
    private final LegacyStatus statuses;
    private final Set<String> templates = new LinkedHashSet<>();

    Api(Answers answers, Gate gate, LegacyStatus statuses) {
        this.answers = answers;
        this.gate = gate;
        this.statuses = statuses;
        this.refusals = new Refusals(answers);
    }

    /** Every path that was declared. */
    Set<String> templates() {
        return Collections.unmodifiableSet(templates);
    }

    Route at(String template, Supplier<Route> inner) {
        templates.add(template);
        return template.equals("/")
                ? pathSingleSlash(() -> named(template, inner))
                : path(matcher(template), () -> named(template, inner));
    }

    /** A path with one variable segment, written in braces; the route gets it decoded. */
    Route at(String template, Function<String, Route> inner) {
        templates.add(template);
        var parts = template.split(VARIABLE, 2);
        var matcher = fixed(parts[0]).slash(PathMatchers.segment());
        var whole = parts[1].isEmpty() ? matcher : matcher.slash(fixed(parts[1]));
        return path(whole, variable -> named(template, () -> inner.apply(variable)));
    }

    /** A path with two variable segments, the second one at its end. */
    Route at(String template, BiFunction<String, String, Route> inner) {
        templates.add(template);
        var parts = template.split(VARIABLE, 2);
        var between = parts[1].substring(0, parts[1].lastIndexOf('/'));
        var whole = fixed(parts[0])
                .slash(PathMatchers.segment())
                .slash(fixed(between))
                .slash(PathMatchers.segment());
        return path(whole, (first, second) -> named(template, () -> inner.apply(first, second)));
    }

    Route answer(Answer answer) {
        return complete(answers.render(answer));
    }

    Route answer(CompletionStage<Answer> answer) {
        return completeWithFuture(answer.thenApply(answers::render));
    }

    /** What is too long for one answer; refused in the envelope like anything else. */
    Route download(CompletionStage<Download> download) {
        return completeWithFuture(download.thenApply(end -> switch (end) {
            case Download.Refused(var answer) -> answers.render(answer);
            case Download.Lines lines -> lines.response();
        }));
    }

    /** What goes on for as long as the caller likes; refused in the envelope like anything else. */
    Route stream(CompletionStage<StreamAnswer> stream) {
        return completeWithFuture(stream.thenApply(begun -> switch (begun) {
            case StreamAnswer.Refused(var answer) -> answers.render(answer);
            case StreamAnswer.Open(var response) -> response;
        }));
    }

    /** Closes what is open at the end: paths that nobody declared, and failures outside of any. */
    Route seal(Route route) {
        return route.seal(refusals.rejections(templates()), refusals.failures());
    }

    private static PathMatcher0 fixed(String part) {
        return PathMatchers.separateOnSlashes(part.substring(1));
    }

    private static PathMatcher0 matcher(String template) {
        var isFolder = template.endsWith("/");
        var segments = PathMatchers.separateOnSlashes(template.substring(1, template.length() - (isFolder ? 1 : 0)));
        return isFolder ? segments.slash() : segments;
    }

    private Route named(String template, Supplier<Route> inner) {
        return extractMethod(method -> mapResponse(
                response -> statuses.of(method, template, response).addAttribute(TEMPLATE, template),
                () -> handleExceptions(
                        refusals.failures(),
                        () -> handleRejections(refusals.rejections(templates()), () -> guarded(template, inner)))));
    }

    /** By the template, not by the text of the address, which has many ways to say the same. */
    private Route guarded(String template, Supplier<Route> inner) {
        if (template.equals(AGENTS)) {
            return gate.guard(_ -> Deed.READ, inner);
        }
        return template.startsWith(GUARDED) ? gate.guard(Gate::deed, inner) : inner.get();
    }
}
