package io.tabot.signal;

/** Who is told when a strategy fired and nothing came of it, or when it failed. Called on the evaluating thread. */
public interface Rejections {
    /** Why a decision did not become a signal. */
    enum Reason {
        /** Not a number from 0 to 1. */
        INVALID_CONFIDENCE,
        /** The price, or the newest close, is not a positive number. */
        INVALID_PRICE,
        /** Stop loss or take profit of a trade is not a positive number. */
        INVALID_RISK,
        /** Stop loss or take profit is on the wrong side of the price, the recomputed ones as well. */
        WRONG_SIDE,
        /** Below the configured range. */
        BELOW_CONFIDENCE,
        /** Above the configured range. */
        ABOVE_CONFIDENCE
    }

    /** Nobody wants to know. */
    Rejections IGNORED = new Rejections() {
        @Override
        public void rejected(String strategyId, Reason reason) {}

        @Override
        public void failed(String strategyId, Throwable failure) {}
    };

    void rejected(String strategyId, Reason reason);

    /** The strategy has a bug: it threw. */
    void failed(String strategyId, Throwable failure);
}
