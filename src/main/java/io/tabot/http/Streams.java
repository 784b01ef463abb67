package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.live.LiveLog;
import io.tabot.live.LiveSource;
import io.tabot.live.LiveSource.Wish;
import io.tabot.live.OpenStreams;
import io.tabot.live.OpenStreams.Place;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Opens streams: as server-sent events, or as a WebSocket where the request asks for one. Where a reader begins is the
 * {@code Last-Event-ID} that it sends, else {@code since}, else now.
 */
final class Streams {
    static final String CONFIG = "config";
    static final String SIGNALS = "signals";

    private static final String SINCE = "since";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String FOLLOW = "follow";
    private static final List<String> YES_OR_NO = List.of("true", "false");

    /** Browsers that lost their node come again spread over some seconds. */
    private static final long RETRY_MILLIS_MIN = 1_000;

    private static final long RETRY_MILLIS_STEP = 37;
    private static final long RETRY_STEPS = 100;

    /**
     * One kind of stream.
     *
     * @param kind what meters call it
     * @param event what its entries are called
     * @param write an entry as JSON
     */
    record Kind<T>(String kind, String event, LiveLog<T> log, Function<T, String> write) {}

    private final StreamSettings settings;
    private final OpenStreams open;
    private final ChangeGuard guard;
    private final String environment;
    private final Materializer materializer;
    private final AtomicLong count = new AtomicLong();

    Streams(
            StreamSettings settings,
            OpenStreams open,
            ChangeGuard guard,
            String environment,
            Materializer materializer) {
        this.settings = settings;
        this.open = open;
        this.guard = guard;
        this.environment = environment;
        this.materializer = materializer;
    }

    /** The names that every stream knows, and those of the route. */
    static QueryFields query(HttpRequest request, List<String> others) {
        var names = new java.util.ArrayList<>(List.of(SINCE, FOLLOW));
        names.addAll(others);
        return new QueryFields(request, names.toArray(String[]::new));
    }

    /** @param query may know names of the route's own, read already */
    <T> CompletionStage<StreamAnswer> open(HttpRequest request, QueryFields query, Kind<T> kind, Predicate<T> wanted) {
        var follows = !Boolean.FALSE.equals(query.oneOf(FOLLOW, Streams::flag, YES_OR_NO));
        var since = since(request, query, kind.log());
        var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
        var refusal = upgrade.flatMap(_ -> guard.refusalOfSocket(request))
                .map(Answer::refused)
                .or(query::refusal);
        if (refusal.isPresent()) {
            return CompletableFuture.completedStage(new StreamAnswer.Refused(refusal.get()));
        }
        return kind.log()
                .opened()
                .handle((tail, failure) -> failure == null
                        ? begin(request, upgrade, kind, new Wish<>(since.orElseGet(tail::head), wanted, follows))
                        : new StreamAnswer.Refused(Answer.refused(
                                ErrorCode.UNAVAILABLE, "there is nothing to follow yet: " + message(failure))));
    }

    private <T> StreamAnswer begin(
            HttpRequest request, Optional<WebSocketUpgrade> upgrade, Kind<T> kind, Wish<T> wish) {
        var mayRead = request.getAttribute(Gate.MAY_READ).orElse(() -> true);
        return open.take(kind.kind(), mayRead)
                .<StreamAnswer>map(place -> new StreamAnswer.Open(
                        upgrade.map(socket -> socket.handleMessagesWith(messages(kind, wish, place)))
                                .orElseGet(() -> events(kind, wish, place))))
                .orElseGet(() -> new StreamAnswer.Refused(Answer.refused(Problem.of(
                        ErrorCode.UNAVAILABLE,
                        "this node has as many streams as it may, or is stopping",
                        "try again later, or another node"))));
    }

    private <T> HttpResponse events(Kind<T> kind, Wish<T> wish, Place place) {
        var retry = RETRY_MILLIS_MIN + count.getAndIncrement() % RETRY_STEPS * RETRY_MILLIS_STEP;
        var frames = new EventFrames<>(texts(kind), retry);
        var source = Source.fromGraph(new LiveSource<>(kind.log(), wish, frames, place, settings.heartbeat()));
        return HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                // Or nginx keeps events back until it has a buffer full of them.
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), source));
    }

    /** Messages of the reader's own are read and dropped: his end is a part of them. */
    private <T> Flow<Message, Message, ?> messages(Kind<T> kind, Wish<T> wish, Place place) {
        var frames = new MessageFrames<>(texts(kind));
        var source = Source.fromGraph(new LiveSource<>(kind.log(), wish, frames, place, settings.heartbeat()));
        return Flow.fromSinkAndSourceCoupled(Sink.foreach(this::drop), source);
    }

    private void drop(Message message) {
        if (!message.isText()) {
            message.asBinaryMessage().getStreamedData().runWith(Sink.ignore(), materializer);
        } else {
            message.asTextMessage().getStreamedText().runWith(Sink.ignore(), materializer);
        }
    }

    private <T> StreamTexts<T> texts(Kind<T> kind) {
        return new StreamTexts<>(kind.log(), environment, kind.event(), kind.write());
    }

    private static <T> Optional<Long> since(HttpRequest request, QueryFields query, LiveLog<T> log) {
        var header = request.getHeader(LAST_EVENT_ID).map(it -> it.value().strip());
        var text = header.filter(id -> !id.isEmpty()).or(() -> query.text(SINCE));
        var number = text.flatMap(log::number);
        if (text.isPresent() && number.isEmpty()) {
            query.refuse(new FieldError(
                    header.isPresent() ? LAST_EVENT_ID : SINCE,
                    Code.INVALID_FORMAT,
                    "where to go on from must be the id of an event of this stream, or 0 for the beginning",
                    null,
                    null));
        }
        return number;
    }

    private static Optional<Boolean> flag(String text) {
        return YES_OR_NO.contains(text) ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    private static String message(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }
}
