package io.tabot.strategy;

/** Body and shadows of the newest candle, in the unit of its prices. */
final class CandleShape {
    private CandleShape() {}

    static double body(EvaluationContext context) {
        var newest = context.newest();
        return Math.abs(context.close(newest) - context.open(newest));
    }

    static double range(EvaluationContext context) {
        var newest = context.newest();
        return context.high(newest) - context.low(newest);
    }

    static double upperShadow(EvaluationContext context) {
        var newest = context.newest();
        return context.high(newest) - Math.max(context.open(newest), context.close(newest));
    }

    static double lowerShadow(EvaluationContext context) {
        var newest = context.newest();
        return Math.min(context.open(newest), context.close(newest)) - context.low(newest);
    }
}
