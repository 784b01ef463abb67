package io.tabot.cli;

import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.signal.JsonBytes;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.RuleSet;
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
    private final EvaluationContext context = new EvaluationContext();

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
                // Neither the timeframe nor the rule set changes an indicator.
                context.begin(CandleViews.of(view), Timeframe.ONE_MINUTE, RuleSet.PYTHON);
                var json = lines.begin(index, view.length());
                json.name("indicators").beginObject();
                write(json);
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

    private void write(JsonBytes json) {
        var newest = context.newest();
        var middle = context.movingAverage(20, newest);
        var reach = 2.0 * context.deviation(20, newest);
        value(json, "rsi", context.rsi(14)[newest]);
        value(json, "macd", context.macd(12, 26, 9)[newest]);
        value(json, "macd_signal", context.macdSignal(12, 26, 9)[newest]);
        value(json, "macd_hist", context.macdHistogram(12, 26, 9)[newest]);
        value(json, "adx", context.adx(14)[newest]);
        value(json, "atr", context.atr(14)[newest]);
        value(json, "vwap", context.vwap()[newest]);
        value(json, "ema21", context.ema(21)[newest]);
        value(json, "ema50", context.ema(50)[newest]);
        value(json, "ema200", context.ema(200)[newest]);
        value(json, "bb_lower", middle - reach);
        value(json, "bb_middle", middle);
        value(json, "bb_upper", middle + reach);
        value(json, "volume_sma", context.volumeAverage(20, newest));
        value(json, "wick_ratio", context.wickRatio()[newest]);
    }

    private static void value(JsonBytes json, String name, double value) {
        json.name(name);
        if (Double.isFinite(value)) {
            json.value(value);
        } else {
            json.nullValue();
        }
    }
}
