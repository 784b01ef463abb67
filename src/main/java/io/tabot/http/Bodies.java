package io.tabot.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** Reads bodies whole, but none that is long or slow. */
final class Bodies {
    /** A caller that is still sending can't hear the refusal, so that much more of a body is read and thrown away. */
    private static final long DRAINED_BYTES_MAX = 16L * 1024 * 1024;

    /** What came of reading. */
    sealed interface Read {
        record Bytes(byte[] bytes) implements Read {}

        record Refused(Answer answer) implements Read {}
    }

    private final ActorSystem<?> system;
    private final int bytesMax;
    private final Duration patience;

    Bodies(ActorSystem<?> system, int bytesMax, Duration patience) {
        this.system = system;
        this.bytesMax = bytesMax;
        this.patience = patience;
    }

    CompletionStage<Read> read(HttpRequest request) {
        var entity = request.entity();
        var length = entity.getContentLengthOption();
        if (length.isPresent() && length.getAsLong() > bytesMax) {
            return drain(request).thenApply(_ -> tooLarge());
        }
        return entity.withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(DRAINED_BYTES_MAX, bytes -> (long) bytes.size())
                .completionTimeout(patience)
                .runFold(ByteString.emptyByteString(), this::kept, system)
                .thenApply(bytes -> bytes.size() > bytesMax ? tooLarge() : new Read.Bytes(bytes.toArray()))
                .exceptionally(this::refused);
    }

    /** What goes beyond the limit is read too, or the caller would be cut off in the middle of sending. */
    private ByteString kept(ByteString before, ByteString more) {
        return before.size() > bytesMax ? before : before.concat(more);
    }

    /** Reads and forgets the rest of a body that is of no interest any more. */
    CompletionStage<Void> drain(HttpRequest request) {
        var isWaiting = request.getHeader("Expect").isPresent();
        if (isWaiting || request.entity() instanceof HttpEntity.Strict) {
            return CompletableFuture.completedFuture(null);
        }
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(DRAINED_BYTES_MAX, bytes -> (long) bytes.size())
                .takeWithin(patience)
                .runWith(Sink.ignore(), system)
                .<Void>handle((_, _) -> null);
    }

    private Read tooLarge() {
        return new Read.Refused(
                Answer.refused(ErrorCode.PAYLOAD_TOO_LARGE, "a body may have at most " + bytesMax + " bytes"));
    }

    private Read refused(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case StreamLimitReachedException _ -> tooLarge();
            case EntityStreamException _ ->
                new Read.Refused(Answer.refused(ErrorCode.MALFORMED_REQUEST, "the body ended before its end"));
            case TimeoutException _ ->
                new Read.Refused(Answer.refused(ErrorCode.REQUEST_TIMEOUT, "the body did not arrive in time"));
            default -> throw new CompletionException(cause);
        };
    }
}
