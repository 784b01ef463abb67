package io.tabot.strategy;

/**
 * The Bollinger bands at the newest candle: the two parameters that a strategy gives them, and their parts. The lower
 * and the upper band are {@code middle -/+ reach}.
 */
final class BollingerBands {
    private final Parameter period;
    private final Parameter width;

    /** Declares the parameters as the next ones of the schema. */
    BollingerBands(ParameterSchema schema) {
        period = schema.period("bb_period", 20, "period of the bands");
        width = schema.number("bb_std", 2.0, 0.1, 10, "standard deviations", "distance of the bands from their middle");
    }

    double middle(EvaluationContext context) {
        return context.movingAverage(context.parameters().integer(period), context.newest());
    }

    /** How far the bands are from their middle. */
    double reach(EvaluationContext context) {
        var values = context.parameters();
        return values.number(width) * context.deviation(values.integer(period), context.newest());
    }

    /** Where a price lies between the bands: 0 is the lower, 1 the upper, and a half if they are one. */
    static double position(double price, double lower, double upper) {
        return upper > lower ? (price - lower) / (upper - lower) : 0.5;
    }
}
