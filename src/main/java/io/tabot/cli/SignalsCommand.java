package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.config.EffectiveConfig;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import io.tabot.signal.SignalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Walks a file of candles and prints what the engine says on each. */
@Command(
        name = "signals",
        description = "Print the signals on every candle of a CSV file, one JSON object a line.",
        footer = {
            "",
            "The file has the header timestamp,open,high,low,close,volume and times in epoch milliseconds that"
                    + " increase; its rows count as consecutive candles, and its last line may be blank. Without"
                    + " --config every strategy runs with its defaults, whatever its confidence."
        })
final class SignalsCommand implements Callable<Integer> {
    private final OutputStream out;
    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CandleFileOptions file = new CandleFileOptions();

    @Option(
            names = "--window",
            split = ",",
            paramLabel = "LENGTH",
            converter = WindowLengths.class,
            description = "Evaluate windows of exactly so many candles, 1 to 1000, one line each. Without it, what a"
                    + " running service has: 250 candles, and 300 for strategies that need more.")
    private List<Integer> lengths = List.of();

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    SignalsCommand(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        refuseDuplicates();
        var loaded = settings.get();
        var effective = config.effective(loaded, file.symbol());
        var engine = new SignalEngine(loaded.environment());
        var lines = new JsonLines(out);
        try (var rows = CsvCandles.open(file.path())) {
            walk(rows, engine, effective, lines);
        } finally {
            // Also what was found before a bad row.
            lines.flush();
        }
        return 0;
    }

    private void walk(CsvCandles rows, SignalEngine engine, EffectiveConfig config, JsonLines lines)
            throws IOException {
        var err = spec.commandLine().getErr();
        var rejections = new CommandRejections(err);
        var capacity = lengths.stream().max(Integer::compare).orElse(WindowLengths.LIVE_LONG);
        var window = new CandleWindow(capacity);
        var higher = new AggregatedCandles(
                file.timeframe(), config.higherTimeframes().getOrDefault(file.timeframe(), List.of()));
        var views = views(window, higher);
        var spacing = new CandleSpacing(file.timeframe());
        var index = 0L;
        for (var candle = rows.next(); candle != null; candle = rows.next()) {
            spacing.add(candle);
            window.insert(candle);
            higher.add(candle);
            for (var view : views) {
                var signals = engine.evaluate(file.symbol(), file.timeframe(), view, config, rejections);
                write(lines, index, view.window().length(), signals);
            }
            index++;
        }
        spacing.warn(err, file.path());
        if (index == 0) {
            Failures.tellOfNoCandles(err, file.path());
        }
    }

    private void refuseDuplicates() {
        var seen = new HashSet<Integer>();
        lengths.stream().filter(length -> !seen.add(length)).findFirst().ifPresent(length -> {
            throw new ParameterException(spec.commandLine(), "--window has " + length + " more than once");
        });
    }

    private static void write(JsonLines lines, long index, int window, List<Signal> signals) throws IOException {
        var json = lines.begin(index, window);
        json.name("signals").beginArray();
        for (var signal : signals) {
            SignalJson.write(signal, null, json);
        }
        json.endArray();
        lines.end();
    }

    private List<CandleViews> views(CandleWindow window, HigherCandles higher) {
        return lengths.isEmpty()
                ? List.of(new CandleViews(
                        window.newest(WindowLengths.LIVE), window.newest(WindowLengths.LIVE_LONG), higher))
                : lengths.stream()
                        .map(window::newest)
                        .map(view -> new CandleViews(view, view, higher))
                        .toList();
    }
}
