package io.tabot.http;

import io.micrometer.core.instrument.Clock;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Answers reads of what is in force, from this node's memory: no journal, no waiting. Says so when it may be old. */
final class ConfigReads {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ConfigAccess config;
    private final Clock stopwatch;

    /** @param stopwatch for the load time that answers tell */
    ConfigReads(ConfigAccess config, Clock stopwatch) {
        this.config = config;
        this.stopwatch = stopwatch;
    }

    /** @param revision of the newest change among what is shown: its entity tag */
    Answer read(HttpRequest request, ToLongFunction<ConfigState> revision, Function<InForce, @Nullable Object> show) {
        return config.inForce()
                .map(inForce -> read(request, inForce, revision.applyAsLong(inForce.state()), show))
                .orElseGet(() -> Answer.refused(ErrorCode.UNAVAILABLE, "no configuration has been read yet"));
    }

    private Answer read(HttpRequest request, InForce inForce, long revision, Function<InForce, @Nullable Object> show) {
        var isKnown = request.getHeader("If-None-Match")
                .filter(tags -> RevisionTag.matches(tags.value(), revision))
                .isPresent();
        if (isKnown) {
            return Answer.ok(null).status(Answer.NOT_MODIFIED).etag(revision);
        }
        var begin = stopwatch.monotonicTime();
        var data = show.apply(inForce);
        return Answer.ok(data)
                .with("revision", inForce.state().revision())
                .with("cache_hit", true)
                .with("load_time_ms", (stopwatch.monotonicTime() - begin) / NANOS_PER_MILLI)
                .with("source", inForce.source())
                .with("stale_since", inForce.staleSince())
                .with("durability", inForce.durability())
                .etag(revision);
    }
}
