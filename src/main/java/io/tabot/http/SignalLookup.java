package io.tabot.http;

import io.tabot.signal.PastSignals;
import io.tabot.signal.RememberedSignals;
import io.tabot.signal.SentSignal;
import io.tabot.signal.SignalStore.Kept;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** One signal by its id, wherever it is kept, or the refusal that goes with not finding it. */
final class SignalLookup {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** What came of it. */
    sealed interface Result {
        record Signal(String source, Kept kept, SentSignal signal) implements Result {}

        record Refused(Answer answer) implements Result {}
    }

    private final String environment;
    private final PastSignals past;

    SignalLookup(HttpApi.Parts parts) {
        this.environment = parts.environment();
        this.past = all(parts);
    }

    /** Everywhere, in the memory of this process last. */
    static PastSignals all(HttpApi.Parts parts) {
        return parts.past().and(new RememberedSignals(parts.signals()));
    }

    CompletionStage<Result> find(String intentId) {
        return ID.matcher(intentId).matches()
                ? past.find(environment, intentId)
                        .handle((found, failure) -> failure == null
                                ? found.flatMap(this::read).orElseGet(this::unknown)
                                : new Result.Refused(Answer.refused(
                                        ErrorCode.UNAVAILABLE,
                                        "where signals are kept can't be read: " + String.join(", ", past.names())
                                                + "; try again")))
                : CompletableFuture.completedStage(unknown());
    }

    private Optional<Result> read(PastSignals.Found found) {
        return SentSignal.unchecked(environment, found.kept().json().getBytes(StandardCharsets.UTF_8))
                .map(signal -> new Result.Signal(found.source(), found.kept(), signal));
    }

    private Result unknown() {
        return new Result.Refused(Answer.refused(Problem.of(
                ErrorCode.NOT_FOUND,
                "no signal with that intent_id is kept here; looked up in " + String.join(", ", past.names()),
                "GET /api/v1/signals lists them; their config_revision can be passed to GET /api/v1/config")));
    }
}
