package io.tabot.nats;

import io.tabot.signal.CandleRejection;

/** Leaves a decoder from deep inside; every decoder turns it into {@link Decoded.Rejected}. Carries no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CandleRejection reason;
    private final String detail;

    Refusal(CandleRejection reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Decoded.Rejected rejected() {
        return new Decoded.Rejected(reason, detail);
    }
}
