package io.tabot.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open streams of this node: no more than it can bear, and none for longer than its reader may read. */
public final class OpenStreams {
    /** A client may ask for a stream and never read it. */
    private static final int CHECKS_UNUSED_MAX = 5;

    private static final Duration LAST_FRAMES_MAX = Duration.ofSeconds(1);

    private final int max;
    private final MeterRegistry meters;
    private final Set<Place> places = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isClosed;

    /** @param max how many streams there may be at a time */
    public OpenStreams(int max, List<String> kinds, MeterRegistry meters) {
        this.max = max;
        this.meters = meters;
        for (var kind : kinds) {
            Gauge.builder("ta_bot_streams_open", this, streams -> streams.count(kind))
                    .description("Streams that are open on this node")
                    .tag("kind", kind)
                    .register(meters);
            var _ = refused(kind);
            var _ = sent(kind);
            for (var end : StreamEnd.values()) {
                var _ = ended(kind, end);
            }
        }
    }

    /** A place for one more stream, or nothing when there are too many, or this node stops. */
    public synchronized Optional<Place> take(String kind, BooleanSupplier mayRead) {
        if (isClosed || places.size() >= max) {
            refused(kind).increment();
            return Optional.empty();
        }
        var place = new Place(kind, mayRead);
        places.add(place);
        return Optional.of(place);
    }

    /** To be called every few seconds: ends what may not be read any more. */
    public void check() {
        places.forEach(Place::check);
    }

    /** Ends all of them, and takes no new one. Completes when all have ended, except for readers that take nothing. */
    public CompletionStage<Void> close() {
        synchronized (this) {
            isClosed = true;
        }
        places.forEach(place -> place.end(StreamEnd.SHUTDOWN));
        completeIfEmpty();
        return ended.copy().completeOnTimeout(null, LAST_FRAMES_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void completeIfEmpty() {
        if (isClosed && places.isEmpty()) {
            ended.complete(null);
        }
    }

    private long count(String kind) {
        return places.stream().filter(place -> place.kind.equals(kind)).count();
    }

    private Counter refused(String kind) {
        return Counter.builder("ta_bot_streams_refused")
                .description("Streams refused, since there were too many or the node was stopping")
                .tag("kind", kind)
                .register(meters);
    }

    private Counter sent(String kind) {
        return Counter.builder("ta_bot_streams_events")
                .description("Events sent on streams")
                .tag("kind", kind)
                .register(meters);
    }

    private Counter ended(String kind, StreamEnd end) {
        return Counter.builder("ta_bot_streams_ended")
                .description("Streams that this node ended, by reason")
                .tag("kind", kind)
                .tag("reason", end.id())
                .register(meters);
    }

    /** What one open stream takes up. */
    public final class Place {
        private final String kind;
        private final BooleanSupplier mayRead;
        private final Counter sent;
        private @Nullable Consumer<StreamEnd> stream;
        private int checksUnused;

        private Place(String kind, BooleanSupplier mayRead) {
            this.kind = kind;
            this.mayRead = mayRead;
            this.sent = OpenStreams.this.sent(kind);
        }

        /** @param end ends the stream when called, from any thread */
        synchronized void use(Consumer<StreamEnd> end) {
            stream = end;
        }

        void sentOne() {
            sent.increment();
        }

        void ended(StreamEnd reason) {
            OpenStreams.this.ended(kind, reason).increment();
        }

        void free() {
            places.remove(this);
            completeIfEmpty();
        }

        private void check() {
            if (isForgotten()) {
                free();
            } else if (!mayRead.getAsBoolean()) {
                end(StreamEnd.ACCESS);
            }
        }

        private synchronized boolean isForgotten() {
            return stream == null && ++checksUnused > CHECKS_UNUSED_MAX;
        }

        private synchronized void end(StreamEnd reason) {
            if (stream != null) {
                stream.accept(reason);
            }
        }
    }
}
