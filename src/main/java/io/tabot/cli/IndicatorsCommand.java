package io.tabot.cli;

import io.tabot.market.CandleWindow;
import io.tabot.signal.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Walks a file of candles and prints the indicators that strategies share. */
@Command(
        name = "indicators",
        description = "Print the indicators on every candle of a CSV file, one JSON object a line.",
        footer = {
            "",
            "The file is as for the signals command. Every indicator is computed over the window alone, with the"
                    + " periods that strategies use by default; null is one that the window is too short for."
        })
final class IndicatorsCommand implements Callable<Integer> {
    private final OutputStream out;
    private final IndicatorValues values = new IndicatorValues();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--candles", required = true, paramLabel = "FILE.csv", description = "The candles.")
    private Path candles = Path.of("");

    @Option(
            names = "--window",
            paramLabel = "LENGTH",
            converter = WindowLengths.class,
            description = "Compute over so many candles, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int length = WindowLengths.LIVE;

    IndicatorsCommand(OutputStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        var lines = new JsonLines(out);
        var window = new CandleWindow(length);
        var view = window.newest(length);
        try (var rows = CsvCandles.open(candles)) {
            var index = 0L;
            for (var candle = rows.next(); candle != null; candle = rows.next()) {
                window.insert(candle);
                var json = lines.begin(index, view.length());
                json.name("indicators").beginObject();
                values.of(view).forEach((name, value) -> write(json, name, value));
                json.endObject();
                lines.end();
                index++;
            }
            if (index == 0) {
                Failures.tellOfNoCandles(spec.commandLine().getErr(), candles);
            }
        } finally {
            lines.flush();
        }
        return 0;
    }

    private static void write(JsonBytes json, String name, double value) {
        json.name(name);
        if (Double.isFinite(value)) {
            json.value(value);
        } else {
            json.nullValue();
        }
    }
}
