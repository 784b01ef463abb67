package io.tabot.backtest;

/** Which way a position earns: when the price rises, or when it falls. */
public enum Side {
    LONG(1),
    SHORT(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** Whether a price is at a level or past it, going the way on which the position earns. */
    boolean hasReached(double price, double level) {
        return sign * (price - level) >= 0;
    }

    /** Whether a price is at a level or past it, going the way on which the position loses. */
    boolean hasFallenTo(double price, double level) {
        return sign * (price - level) <= 0;
    }

    /** The price of a candle that is best for an open position. */
    double best(double high, double low) {
        return this == LONG ? high : low;
    }

    double worst(double high, double low) {
        return this == LONG ? low : high;
    }

    /** Of two levels below a long position, or above a short one, the one that is met first. */
    double first(double level, double other) {
        return this == LONG ? Math.max(level, other) : Math.min(level, other);
    }

    /** Where an entry that takes the price there is gets filled. */
    double entryFill(double price, Costs costs) {
        return price * (1 + sign * costs.slippage());
    }

    /** Where an exit that takes the price there is gets filled. */
    double exitFill(double price, Costs costs) {
        return price * (1 - sign * costs.slippage());
    }

    /** What one unit of capital is worth at a price, before the fee of the exit. A short can lose more than it has. */
    double marked(double entry, double price, Costs costs) {
        return 1 + sign * (price / netEntry(entry, costs) - 1);
    }

    /** What one unit of capital has become after the exit, both fees paid. */
    double growth(double entry, double exit, Costs costs) {
        return marked(entry, netExit(exit, costs), costs);
    }

    /** The exit price at which nothing is left. */
    double ruin(double entry, Costs costs) {
        return netEntry(entry, costs) * (1 - sign) / (1 - sign * costs.fee());
    }

    /** The price of an entry with the fee in it. */
    double netEntry(double price, Costs costs) {
        return price * (1 + sign * costs.fee());
    }

    private double netExit(double price, Costs costs) {
        return price * (1 - sign * costs.fee());
    }
}
