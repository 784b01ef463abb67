package io.tabot.cli;

import io.tabot.backtest.CandleTable;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a file of candles and say what they are of. */
final class CandleFileOptions {
    @Option(names = "--candles", required = true, paramLabel = "FILE.csv", description = "The candles.")
    private Path candles = Path.of("");

    @Option(names = "--symbol", required = true, paramLabel = "SYMBOL", description = "What they are of, e.g. BTCUSDT.")
    private @Nullable Symbol symbol;

    @Option(names = "--timeframe", required = true, paramLabel = "TIMEFRAME", description = "Their interval, e.g. 15m.")
    private @Nullable Timeframe timeframe;

    Path path() {
        return candles;
    }

    Symbol symbol() {
        return given(symbol);
    }

    Timeframe timeframe() {
        return given(timeframe);
    }

    /** All of them. What is odd about the file is told, also that it has none. */
    CandleTable read(PrintWriter err) {
        var table = table(err);
        if (table.size() == 0) {
            Failures.tellOfNoCandles(err, candles);
        }
        return table;
    }

    /** All of them, for those to whom none is a failure. */
    CandleTable table(PrintWriter err) {
        var table = new CandleTable();
        var spacing = new CandleSpacing(timeframe());
        try (var rows = CsvCandles.open(candles)) {
            for (var candle = rows.next(); candle != null; candle = rows.next()) {
                spacing.add(candle);
                table.add(candle);
            }
        }
        spacing.warn(err, candles);
        return table;
    }

    /** A required option: there is no call without it. */
    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli lets no required option be missing");
        }
        return value;
    }
}
