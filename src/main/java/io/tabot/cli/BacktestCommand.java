package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.backtest.BacktestReport;
import io.tabot.backtest.CandleTable;
import io.tabot.backtest.Costs;
import io.tabot.backtest.Replay;
import io.tabot.backtest.Scenario;
import io.tabot.signal.SignalEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trades what the engine says on a file of candles on paper, and tells what came of it. */
@Command(
        name = "backtest",
        description =
                "Trade the signals on the candles of a CSV file on paper, and report for each strategy and in all.",
        footer = {
            "",
            "The file is as for the signals command. Each strategy has one position at a time, entered on the candle"
                    + " after the signal; docs/backtest.md has the rules and the meaning of every figure. Without"
                    + " --config every strategy runs with its defaults, whatever its confidence."
        })
final class BacktestCommand implements Callable<Integer> {
    /** Set by bin/ta-bot: Java itself can't tell whether standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "ta-bot.terminal";

    private static final double NANOS_PER_SECOND = 1e9;

    private final OutputStream out;
    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CandleFileOptions file = new CandleFileOptions();

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--fee",
            paramLabel = "SHARE",
            description =
                    "Paid on each side of a trade, as a share of its value, e.g. 0.001 for 0.1 %%. Default: none.")
    private double fee;

    @Option(
            names = "--slippage",
            paramLabel = "SHARE",
            description = "By which market and stop orders fill worse, as a share of the price. Default: none.")
    private double slippage;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write backtest.json, with every trade, and backtest.html, a page to look at, into this folder.")
    private @Nullable Path folder;

    @Option(names = "--progress", description = "Show a progress bar even if standard error is no terminal.")
    private boolean progress = Boolean.getBoolean(TERMINAL_PROPERTY);

    BacktestCommand(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        var begin = System.nanoTime();
        var loaded = settings.get();
        var costs = costs();
        var scenario = Scenario.of(file.symbol(), file.timeframe(), config.effective(loaded, file.symbol()), costs);
        var reports = Optional.ofNullable(folder).map(ReportFolder::prepare);
        var table = table();
        var cpu = cpuNanos();
        var results = replay(new SignalEngine(loaded.environment()), scenario, table);
        var replayed = cpuNanos() - cpu;
        var report = BacktestReport.of(scenario, table, results);
        print(BacktestTable.lines(report));
        reports.ifPresent(prepared -> prepared.write(report));
        tellOfSpeed(table.size(), replayed, Duration.ofNanos(System.nanoTime() - begin));
        return 0;
    }

    private List<Replay.Result> replay(SignalEngine engine, Scenario scenario, CandleTable table) {
        var err = spec.commandLine().getErr();
        var replay = new Replay(engine, scenario, table, new CommandRejections(err));
        if (!progress) {
            return replay.run(_ -> {});
        }
        try (var bar = new ProgressBar(err, table.size(), System::nanoTime)) {
            return replay.run(bar);
        }
    }

    private Costs costs() {
        try {
            return new Costs(fee, slippage);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    private CandleTable table() {
        var table = file.table(spec.commandLine().getErr());
        if (table.size() == 0) {
            throw new UserError(file.path() + ": there are no candles, only the header");
        }
        return table;
    }

    private void print(List<String> lines) throws IOException {
        out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** CPU time of this thread, so that a busy machine makes no difference. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void tellOfSpeed(int candles, long cpuNanos, Duration elapsed) {
        Failures.tell(
                spec.commandLine().getErr(),
                String.format(
                        Locale.ROOT,
                        "%,d candles replayed at %,.0f candles/s of CPU; %.1f s with reading and reports",
                        candles,
                        candles / (Math.max(1, cpuNanos) / NANOS_PER_SECOND),
                        elapsed.toMillis() / 1000.0));
    }
}
