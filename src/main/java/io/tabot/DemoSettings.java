package io.tabot;

/** How the bundled candles are replayed when there is no NATS. */
public record DemoSettings(int candlesPerSecond) {
    static final int CANDLES_PER_SECOND_MAX = 100_000;

    public DemoSettings {
        SettingsException.unless(
                1 <= candlesPerSecond && candlesPerSecond <= CANDLES_PER_SECOND_MAX,
                "demo.candles-per-second",
                candlesPerSecond,
                "a whole number from 1 to " + CANDLES_PER_SECOND_MAX);
    }
}
