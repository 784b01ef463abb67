package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.config.WholeConfig;
import io.tabot.config.WholeConfigJson;
import io.tabot.http.PastConfigs.Found;
import io.tabot.http.PastConfigs.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of the environment.
 *
 * <pre>
 * GET /api/v1/config       everything in force, in the shape of an export; with ?revision=, ?at= or ?signal= as it was
 * GET /api/v1/config/diff  what differs between two moments
 * </pre>
 */
final class ConfigRoutes {
    private static final String MOMENT = "a revision, or a time with its offset, e.g. 2026-02-03T04:05:06Z";

    private static final List<String> MOMENTS = List.of("revision", "at", "signal");

    /** The change that led to what is shown. */
    private record Change(
            long revision,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable String reason) {
        static Change of(Found.Past past) {
            var last = past.last();
            return last == null
                    ? new Change(0, null, null, null)
                    : new Change(last.revision(), last.at(), last.changedBy(), last.reason());
        }
    }

    private record Difference(Change from, Change to, List<Diffs.Item> documents) {}

    private final Api api;
    private final ConfigReads reads;
    private final PastConfigs past;
    private final SignalLookup signals;

    ConfigRoutes(Api api, ConfigReads reads, PastConfigs past, SignalLookup signals) {
        this.api = api;
        this.reads = reads;
        this.past = past;
        this.signals = signals;
    }

    Route create() {
        // A long history takes long; what reads it has its own limit for every page.
        return concat(
                api.at(
                        "/api/v1/config",
                        () -> get(() ->
                                withoutRequestTimeout(() -> extractRequest(request -> api.answer(show(request)))))),
                api.at(
                        "/api/v1/config/diff",
                        () -> get(() -> withoutRequestTimeout(
                                () -> extractRequest(request -> api.answer(difference(request)))))));
    }

    private CompletionStage<Answer> show(HttpRequest request) {
        var query = new QueryFields(request, MOMENTS.toArray(String[]::new));
        var given =
                MOMENTS.stream().filter(name -> query.text(name).isPresent()).toList();
        if (given.size() > 1) {
            var message = "give one of " + String.join(", ", given) + ", or none for what is in force";
            query.refuse(new FieldError(given.getLast(), Code.CONFLICT, message, null, null));
        }
        var revision = query.number("revision");
        var instant = query.instant("at");
        if (query.refusal().isPresent()) {
            return now(query.refusal().get());
        }
        if (revision != null) {
            return show(new Moment.Revision(revision));
        }
        if (instant != null) {
            return show(new Moment.Time(instant));
        }
        return query.text("signal")
                .map(this::showSignal)
                .orElseGet(() -> now(reads.read(request, ConfigState::configuredRevision, ConfigRoutes::whole)));
    }

    private CompletionStage<Answer> showSignal(String intentId) {
        return signals.find(intentId).thenCompose(found -> switch (found) {
            case SignalLookup.Result.Refused(var answer) -> now(answer);
            case SignalLookup.Result.Signal(var _, var _, var signal) -> {
                var revision = signal.values().configRevision();
                yield revision == null
                        ? now(Answer.refused(ErrorCode.NOT_FOUND, "that signal names no revision"))
                        : show(new Moment.Revision(revision));
            }
        });
    }

    private CompletionStage<Answer> show(Moment moment) {
        return past.at(moment).thenApply(found -> switch (found) {
            case Found.Past then ->
                Answer.ok(whole(then.state()))
                        .with("revision", then.state().revision())
                        .with("as_of", Change.of(then))
                        .etag(then.state().configuredRevision());
            case Found.Refused(var answer) -> answer;
        });
    }

    private CompletionStage<Answer> difference(HttpRequest request) {
        var query = new QueryFields(request, "from", "to");
        var from = moment(query, "from");
        var to = moment(query, "to");
        if (query.text("from").isEmpty()) {
            query.refuse(new FieldError("from", Code.EMPTY, "from is required: " + MOMENT, null, null));
        }
        return query.refusal()
                .map(ConfigRoutes::now)
                .orElseGet(() -> past.at(from).thenCombine(past.at(to), (before, after) -> switch (before) {
                    case Found.Refused(var answer) -> answer;
                    case Found.Past first ->
                        switch (after) {
                            case Found.Refused(var answer) -> answer;
                            case Found.Past second -> difference(first, second);
                        };
                }));
    }

    private static Answer difference(Found.Past from, Found.Past to) {
        var diff = ConfigDiff.between(from.state(), to.state());
        return Answer.ok(new Difference(Change.of(from), Change.of(to), Diffs.of(diff)));
    }

    /** A number is a revision, anything else a time; nothing is now. */
    private static Moment moment(QueryFields query, String name) {
        if (query.text(name).isEmpty()) {
            return new Moment.Now();
        }
        if (query.text(name).filter(text -> text.matches("-?\\d+")).isPresent()) {
            var revision = query.number(name);
            return new Moment.Revision(revision == null ? 0 : revision);
        }
        var instant = query.instant(name, MOMENT);
        return new Moment.Time(instant == null ? Instant.EPOCH : instant);
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static Object whole(InForce inForce) {
        return whole(inForce.state());
    }

    private static Object whole(ConfigState state) {
        var text = WholeConfigJson.write(WholeConfig.of(state));
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }
}
