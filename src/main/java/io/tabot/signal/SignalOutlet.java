package io.tabot.signal;

import io.tabot.trace.TraceContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where signals go. Publishing the same signal twice stores it once: the intent id is the message id. The stage
 * completes when all that should go out are stored, and fails when that is not known; then the candle stays
 * unacknowledged.
 */
@FunctionalInterface
public interface SignalOutlet {
    /** Sends nothing: signals are only listed. */
    SignalOutlet NONE = signals -> CompletableFuture.completedStage(signals.stream()
            .map(signal -> Publication.withheld(signal, Publication.NO_OUTLET))
            .toList());

    /** One publication for each signal, in the same order. */
    CompletionStage<List<Publication>> publish(List<Signal> signals);

    /** The same, telling what the signals follow from, where that can be told. */
    default CompletionStage<List<Publication>> publish(List<Signal> signals, @Nullable TraceContext trace) {
        return publish(signals);
    }
}
