package io.tabot.demo;

import io.tabot.market.Candle;
import io.tabot.market.CandleRows;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The bundled candles of each symbol, oldest first: the first ones are history, the others are yet to come. */
public final class DemoCandles {
    public static final List<Symbol> SYMBOLS = List.of(new Symbol("BTCUSDT"), new Symbol("ETHUSDT"));
    public static final Timeframe TIMEFRAME = Timeframe.FOUR_HOURS;

    /** As many as most strategies read, so that the first candle to come can be evaluated in full. */
    static final int HISTORY = 250;

    private final Map<Symbol, List<Candle>> candles;

    private DemoCandles(Map<Symbol, List<Candle>> candles) {
        this.candles = Collections.unmodifiableMap(candles);
    }

    public static DemoCandles load() {
        var candles = new LinkedHashMap<Symbol, List<Candle>>();
        SYMBOLS.forEach(symbol -> candles.put(symbol, read(symbol)));
        return new DemoCandles(candles);
    }

    /** None for a symbol that is not bundled. */
    List<Candle> history(Symbol symbol) {
        return candles.getOrDefault(symbol, List.of()).stream().limit(HISTORY).toList();
    }

    /** History and what is to come. */
    List<Candle> all(Symbol symbol) {
        return candles.getOrDefault(symbol, List.of());
    }

    List<Candle> toCome(Symbol symbol) {
        return candles.getOrDefault(symbol, List.of()).stream().skip(HISTORY).toList();
    }

    private static List<Candle> read(Symbol symbol) {
        var resource = "/demo/" + symbol + "-" + TIMEFRAME + ".csv";
        var stream = Objects.requireNonNull(DemoCandles.class.getResourceAsStream(resource), resource);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            var lines = new ArrayList<>(reader.readAllLines());
            CandleRows.checkHeader(lines.removeFirst());
            return lines.stream().map(new CandleRows()::next).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " can't be read", e);
        }
    }
}
