package io.tabot;

import java.util.List;

/** The configuration of the very first start, as far as it is a setting; its rules are those of the configuration. */
public record InitialSettings(List<String> symbols, List<String> timeframes) {
    public InitialSettings {
        symbols = List.copyOf(symbols);
        timeframes = List.copyOf(timeframes);
        SettingsException.unless(!symbols.isEmpty(), "initial.symbols", symbols, "at least one symbol, e.g. BTCUSDT");
        SettingsException.unless(
                !timeframes.isEmpty(), "initial.timeframes", timeframes, "at least one timeframe, e.g. 5m");
    }
}
