package io.tabot.nats;

import io.tabot.signal.CandleMessage.Acknowledgement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One message's acknowledgement, held by several candles: done when all are, to be retried as soon as one is. */
final class SharedAcknowledgement {
    private final Acknowledgement whole;
    private final AtomicInteger open;

    private SharedAcknowledgement(Acknowledgement whole, int holders) {
        this.whole = whole;
        this.open = new AtomicInteger(holders);
    }

    /** Gives each of the holders its acknowledgement. */
    static Supplier<Acknowledgement> of(Acknowledgement whole, int holders) {
        if (holders == 1) {
            return () -> whole;
        }
        var shared = new SharedAcknowledgement(whole, holders);
        return shared::share;
    }

    private Acknowledgement share() {
        var settled = new AtomicBoolean();
        return new Acknowledgement() {
            @Override
            public void done() {
                if (settled.compareAndSet(false, true) && open.decrementAndGet() == 0) {
                    whole.done();
                }
            }

            @Override
            public void retry() {
                // The message comes again as a whole, so it must never count as done: this share stays open.
                if (settled.compareAndSet(false, true)) {
                    whole.retry();
                }
            }
        };
    }
}
