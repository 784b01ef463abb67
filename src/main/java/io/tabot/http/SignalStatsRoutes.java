package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.http.SignalStats.Request;
import io.tabot.signal.PastSignals;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SignalGrouping;
import io.tabot.signal.SignalGrouping.Field;
import io.tabot.signal.SignalStore;
import io.tabot.strategy.StrategyCatalog;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * How many signals there were.
 *
 * <pre>
 * GET /api/v1/signals/stats  by strategy, symbol, timeframe, action, revision and hour of candles; with
 *                            ?around_revision= before and after a change
 * </pre>
 */
final class SignalStatsRoutes {
    private static final Map<String, Duration> BUCKETS = Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1));

    private static final int HOURS = 24;
    private static final int HOURS_MAX = 24 * 90;
    private static final List<String> FIELDS =
            Arrays.stream(Field.values()).map(Field::id).toList();

    private final Api api;
    private final String environment;
    private final PastSignals past;
    private final StrategyCatalog catalog;

    SignalStatsRoutes(Api api, HttpApi.Parts parts) {
        this.api = api;
        this.environment = parts.environment();
        this.past = SignalLookup.all(parts);
        this.catalog = parts.catalog();
    }

    Route create() {
        // Counting takes as long as there are signals; whoever asks may narrow it down.
        return api.at(
                "/api/v1/signals/stats",
                () -> get(() -> withoutRequestTimeout(() -> extractRequest(request -> api.answer(count(request))))));
    }

    private CompletionStage<Answer> count(HttpRequest http) {
        var query = SignalFields.of(http, "group_by", "bucket", "around_revision", "hours");
        var filter = SignalFields.filter(query, catalog);
        var fields = fields(query);
        var bucket = query.oneOf("bucket", name -> Optional.ofNullable(BUCKETS.get(name)), BUCKETS.keySet());
        var revision = query.number("around_revision");
        var hours = query.whole("hours", 1, HOURS_MAX, HOURS);
        if (revision != null) {
            refuseTogether(query, "bucket", "from", "to", "revision");
        }
        var store = store(query);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> {
                    var request = new Request(store, environment, filter, new SignalGrouping(fields, bucket));
                    return count(request, revision, Duration.ofHours(hours))
                            .exceptionally(_ ->
                                    Answer.refused(ErrorCode.UNAVAILABLE, store.name() + " can't be read; try again"));
                });
    }

    private static CompletionStage<Answer> count(Request request, @Nullable Long revision, Duration hours) {
        return revision == null ? SignalStats.count(request) : SignalStats.around(request, revision, hours);
    }

    private static void refuseTogether(QueryFields query, String... names) {
        for (var name : names) {
            if (query.text(name).isPresent()) {
                query.refuse(new FieldError(
                        name, Code.CONFLICT, name + " does not go with around_revision: leave one out", null, null));
            }
        }
    }

    private static Set<Field> fields(QueryFields query) {
        var fields = EnumSet.noneOf(Field.class);
        for (var name : query.text("group_by").orElse(Field.STRATEGY.id()).split(",", -1)) {
            var index = FIELDS.indexOf(name.strip());
            if (index >= 0) {
                fields.add(Field.values()[index]);
            } else {
                query.refuse(new FieldError(
                        "group_by",
                        Code.INVALID_VALUE,
                        "group_by is a list of " + String.join(", ", FIELDS),
                        FieldError.Allowed.oneOf(List.copyOf(FIELDS)),
                        null));
                return fields;
            }
        }
        return fields;
    }

    /** A table can count; a stream has to be read. */
    private SignalStore store(QueryFields query) {
        var wanted = query.oneOf(SignalFields.SOURCE, past::named, past.names());
        return wanted != null
                ? wanted
                : past.stores().stream()
                        .filter(SignalArchive.class::isInstance)
                        .findFirst()
                        .orElseGet(() -> past.stores().getFirst());
    }
}
