package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.cli.ServiceAddress.Surroundings;
import io.tabot.market.CandleRows;
import io.tabot.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Runs commands inside the test's process. */
record Cli(int exitCode, String out, String err) {
    static Cli run(Object... arguments) {
        return run(Map.of(), arguments);
    }

    static Cli run(Map<String, String> environment, Object... arguments) {
        var out = new ByteArrayOutputStream();
        var result = run(environment, out, arguments);
        return new Cli(result.exitCode, out.toString(StandardCharsets.UTF_8) + result.out, result.err);
    }

    /** What picocli prints by itself, as help, comes back in the result; what a command prints goes to the stream. */
    static Cli run(Map<String, String> environment, OutputStream out, Object... arguments) {
        var help = new StringWriter();
        var err = new StringWriter();
        var exitCode = TaBot.commands(
                        out, new Surroundings(environment, file -> Settings.load(environment, new Properties(), file)))
                .setOut(new PrintWriter(help))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        return new Cli(exitCode, help.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }

    static Path csv(Path folder, String... rows) throws IOException {
        var lines = new ArrayList<>(List.of(CandleRows.HEADER));
        lines.addAll(List.of(rows));
        return Files.write(folder.resolve("candles.csv"), lines);
    }

    /** A recorded series as the file it was. */
    static Path golden(Path folder, String series) throws IOException {
        var candles = Golden.candles(series);
        var rows = new String[candles.length()];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = candles.openTime()[i] + "," + candles.open()[i] + "," + candles.high()[i] + "," + candles.low()[i]
                    + "," + candles.close()[i] + "," + candles.volume()[i];
        }
        return csv(folder, rows);
    }
}
