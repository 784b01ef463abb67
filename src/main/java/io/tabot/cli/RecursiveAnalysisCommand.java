package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.backtest.RecursiveAnalysis;
import io.tabot.backtest.RecursiveAnalysis.Findings;
import io.tabot.signal.SignalEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decides on every candle of a file with windows of several lengths. */
@Command(
        name = "recursive-analysis",
        description = "Tell how much indicators and decisions depend on the length of the window.",
        footer = {
            "",
            "The file is as for the signals command. Everything is held against the longest window, on every candle"
                    + " that has one. Of each indicator the greatest difference is told, in percent of its value; of"
                    + " each strategy, on how many candles it decides otherwise, and by how much its confidence differs"
                    + " at most where it decides the same. A service decides on 250.",
            "",
            "Example:",
            "  bin/ta-bot recursive-analysis --candles BTCUSDT-4h.csv --symbol BTCUSDT --timeframe 4h --window 250,500"
        })
final class RecursiveAnalysisCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

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
            description = "The lengths, 1 to 1000, at least two. Default: 100,150,200,250,300,500.")
    private List<Integer> lengths = List.of(100, 150, 200, WindowLengths.LIVE, WindowLengths.LIVE_LONG, 500);

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    RecursiveAnalysisCommand(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (lengths.stream().distinct().count() < 2) {
            throw new ParameterException(spec.commandLine(), "--window needs two lengths at least, to compare");
        }
        var loaded = settings.get();
        var err = spec.commandLine().getErr();
        var analysis = new RecursiveAnalysis(
                new SignalEngine(loaded.environment()),
                file.symbol(),
                file.timeframe(),
                config.effective(loaded, file.symbol()),
                lengths);
        var findings = analysis.run(file.read(err), new IndicatorValues()::of, new CommandRejections(err));
        if (findings.candles() == 0) {
            throw new UserError("no candle has " + findings.lengths().getLast()
                    + " before it: give a longer file, or shorter windows with --window");
        }
        out.write((values(findings) + "\n" + decisions(findings)).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }

    private static String values(Findings findings) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(findings, List.of("indicator"), length -> length + " candles"));
        for (var values : findings.values()) {
            rows.add(columns(
                    findings,
                    List.of(values.indicator()),
                    i -> percent(values.worst().get(i))));
        }
        return TextTable.of(rows);
    }

    private static String decisions(Findings findings) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(findings, List.of("strategy", "signals"), length -> length + " candles"));
        for (var decisions : findings.decisions()) {
            rows.add(columns(
                    findings,
                    List.of(decisions.strategyId(), Integer.toString(decisions.signals())),
                    i -> decisions.changed().get(i) + " ("
                            + number(decisions.confidence().get(i)) + ")"));
        }
        rows.add(columns(findings, List.of("candles", ""), _ -> Integer.toString(findings.candles())));
        return TextTable.of(rows);
    }

    /** All but the longest, which would be nothing but zeros. */
    private static List<String> columns(Findings findings, List<String> first, IntFunction<String> text) {
        var row = new ArrayList<>(first);
        IntStream.range(0, findings.lengths().size() - 1).mapToObj(text).forEach(row::add);
        return row;
    }

    private static List<String> row(Findings findings, List<String> first, IntFunction<String> text) {
        return columns(findings, first, i -> text.apply(findings.lengths().get(i)));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "undefined" : number(share * PERCENT) + "%";
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2g", value);
    }
}
