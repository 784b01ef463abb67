package io.tabot.indicator.fused;

/** The steps of {@link io.tabot.indicator.Ewm} and {@link io.tabot.indicator.Macd} for values that are never NaN. */
final class Steps {
    private Steps() {}

    /** The weights add up to exactly 1, so nothing is divided. A mean that is NaN has not started and stays NaN. */
    static double seeded(double mean, double keep, double value, double share) {
        return mean == value ? mean : keep * mean + share * value;
    }

    /** A MACD knows no exception for equal values. */
    static double macd(double mean, double keep, double value, double share) {
        return keep * mean + share * value;
    }

    static double adjusted(double mean, double weight, double value) {
        return mean == value ? mean : (weight * mean + value) / (weight + 1.0);
    }

    /** The same for a weight of 0 or 1, given what the sum is to be multiplied with instead; 0 for any other weight. */
    static double adjusted(double mean, double weight, double value, double inverse) {
        return inverse == 0 ? adjusted(mean, weight, value) : (weight * mean + value) * inverse;
    }
}
