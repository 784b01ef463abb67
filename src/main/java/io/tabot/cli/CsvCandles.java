package io.tabot.cli;

import io.tabot.market.Candle;
import io.tabot.market.CandleRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The candles of a CSV file, one at a time, however long the file. What is wrong with it is a {@link UserError}. */
final class CsvCandles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final BufferedReader reader;
    private final CandleRows rows = new CandleRows();
    private long line;

    private CsvCandles(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    static CsvCandles open(Path file) {
        try {
            // Not Files.newBufferedReader: it fails on a byte that is not UTF-8, and we want to name the row.
            var text = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
            var candles = new CsvCandles(file, new BufferedReader(text, BUFFER));
            candles.checkHeader();
            return candles;
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": there is no such file");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The next candle, or null after the last one. */
    @Nullable Candle next() {
        var row = readLine();
        if (row == null || row.isBlank() && isLast()) {
            return null;
        }
        try {
            return rows.next(row);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** Whether the line just read is the last one. If not, it is the one to blame, and nothing is read any more. */
    private boolean isLast() {
        var blamed = line;
        var isLast = readLine() == null;
        line = blamed;
        return isLast;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void checkHeader() {
        var header = readLine();
        try {
            CandleRows.checkHeader(header == null ? "" : header);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private @Nullable String readLine() {
        try {
            line++;
            return reader.readLine();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private UserError wrong(IllegalArgumentException e) {
        return new UserError(file + ":" + line + ": " + e.getMessage());
    }

    private static UserError unreadable(Path file, IOException e) {
        return new UserError(file + " can't be read: " + e.getMessage());
    }
}
