package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.backtest.LookaheadAnalysis;
import io.tabot.backtest.LookaheadAnalysis.Finding;
import io.tabot.signal.SignalEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Decides on every candle of a file with and without the candles after it. */
@Command(
        name = "lookahead-analysis",
        description = "Look for decisions that change when later candles are removed.",
        footer = {
            "",
            "The file is as for the signals command. Each candle is decided on twice: with all later candles in"
                    + " memory, and with none. Ends with 1 if a strategy does not say the same both times.",
            "",
            "Example:",
            "  bin/ta-bot lookahead-analysis --candles BTCUSDT-4h.csv --symbol BTCUSDT --timeframe 4h"
        })
final class LookaheadAnalysisCommand implements Callable<Integer> {
    private final OutputStream out;
    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CandleFileOptions file = new CandleFileOptions();

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    LookaheadAnalysisCommand(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        var loaded = settings.get();
        var err = spec.commandLine().getErr();
        var effective = config.effective(loaded, file.symbol());
        var analysis = new LookaheadAnalysis(
                new SignalEngine(loaded.environment()), file.symbol(), file.timeframe(), effective);
        var findings = analysis.run(file.read(err), new CommandRejections(err));
        out.write(table(findings).getBytes(StandardCharsets.UTF_8));
        out.flush();
        var changed = findings.stream().filter(finding -> finding.changed() > 0).count();
        if (changed > 0) {
            Failures.tell(err, changed + " strategies know what comes later");
        }
        return changed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String table(List<Finding> findings) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("strategy", "signals", "changed", "first"));
        for (var finding : findings) {
            var first = finding.first();
            rows.add(List.of(
                    finding.strategyId(),
                    Integer.toString(finding.signals()),
                    Integer.toString(finding.changed()),
                    first == null ? "" : Instant.ofEpochMilli(first).toString()));
        }
        return TextTable.of(rows);
    }
}
