package io.tabot.strategy;

/** How the newest volume compares with the usual one, and the confidence that strong volume adds. */
final class VolumeConfirmation {
    private final Parameter period;
    private final Parameter strong;
    private final Parameter boost;

    /** Declares the parameters as the next ones of the schema. */
    VolumeConfirmation(ParameterSchema schema, double strongDefault) {
        period = schema.period("volume_sma_period", 20, "what is averaged as the usual volume");
        strong = schema.number(
                "strong_volume_multiplier",
                strongDefault,
                0,
                50,
                "times the usual volume",
                "above it, the boost for volume is added");
        boost = schema.share("volume_confidence_boost", 0.05, "share", "confidence added for strong volume");
    }

    /** Without any the original fails when it divides by the usual volume, and so does not fire. */
    boolean isThere(EvaluationContext context) {
        return usual(context) != 0;
    }

    /** The newest volume over the usual one. */
    double ratio(EvaluationContext context) {
        return context.volume(context.newest()) / usual(context);
    }

    boolean isStrong(EvaluationContext context) {
        return ratio(context) > context.parameters().number(strong);
    }

    /** What volume adds to the confidence. */
    double boost(EvaluationContext context) {
        return isStrong(context) ? context.parameters().number(boost) : 0;
    }

    private double usual(EvaluationContext context) {
        return context.volumeAverage(context.parameters().integer(period), context.newest());
    }
}
