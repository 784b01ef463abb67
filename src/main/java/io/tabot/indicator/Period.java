package io.tabot.indicator;

/** The argument check that all periods share. */
final class Period {

    private Period() {}

    static void require(int period, String name) {
        if (period < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + period);
        }
    }
}
