package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.cli.SignalComparison.Finding;
import io.tabot.signal.SignalDifferences;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds two sets of signals against each other. */
@Command(
        name = "compare",
        description = "Compare two sets of signals, candle by candle.",
        footer = {
            "",
            "A and B are files of JSON lines or streams: signals as they are published, here or by the Python bot, or"
                    + " what the signals command writes; nats://host:4222?stream=TABOT_SIGNALS, with &subject= for a"
                    + " part of it. Missing is what A has alone, extra what B has alone.",
            "Two signals are the same decision if strategy, symbol, timeframe and candle are the same. A message of"
                    + " the Python bot does not name its candle: the last one that had closed when it was sent counts."
                    + " Of repetitions the first counts; one with other words is a difference.",
            "Not compared: the time of sending, ids, and the metadata that only ta-bot adds; with --strict, the time"
                    + " alone. Ends with 0 only if there were signals and all are equal.",
            "",
            "Example:",
            "  bin/ta-bot compare 'nats://host:4222?stream=PYTHON_SIGNALS' 'nats://host:4222?stream=TABOT_SIGNALS'"
                    + " --overlap --tolerance 1e-9"
        })
final class CompareCommand implements Callable<Integer> {
    /** What the Python bot has not, or has another one of. */
    private static final Set<String> OURS = Set.of(
            "intent_id",
            "signal_id",
            "metadata.open_time",
            "metadata.close_time",
            "metadata.window",
            "metadata.window_hash",
            "metadata.config_revision",
            "metadata.parameters_hash",
            "metadata.rule_set",
            "metadata.limits");

    private static final int FIELDS_SHOWN = 5;

    private final OutputStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "What is expected.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "What is held against it.")
    private String second = "";

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "By which share of the larger one numbers may differ. Default: 0.")
    private double tolerance;

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "FIELD",
            description = "Fields that are not compared, e.g. strength, metadata.rsi or metadata.* for all of those.")
    private List<String> ignored = List.of();

    @Option(names = "--strict", description = "Compare ids and ta-bot's own metadata as well.")
    private boolean isStrict;

    @Option(names = "--overlap", description = "Compare only the time, series by series, for which both have signals.")
    private boolean isOverlap;

    @Option(names = "--from", paramLabel = "TIME", description = "Compare only candles that opened then or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Compare only candles that opened before.")
    private @Nullable String to;

    @Option(names = "--show", paramLabel = "COUNT", description = "How many differences are listed. Default: 20.")
    private int shown = 20;

    CompareCommand(OutputStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new ParameterException(spec.commandLine(), "--tolerance is from 0 to less than 1, not " + tolerance);
        }
        var differences = new SignalDifferences(tolerance, ignored());
        var begin = time("--from", from);
        var end = time("--to", to);
        var one = SignalSide.read(first, differences);
        var other = SignalSide.read(second, differences);
        Predicate<CandleKey> isWanted = key -> (begin == null || !key.openTime().isBefore(begin))
                && (end == null || key.openTime().isBefore(end));
        var comparison = SignalComparison.of(
                one, other, isOverlap ? isWanted.and(SignalComparison.overlap(one, other)) : isWanted, differences);
        out.write(report(comparison, one, other).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return verdict(comparison, one, other, isWanted);
    }

    private int verdict(SignalComparison comparison, SignalSide one, SignalSide other, Predicate<CandleKey> isWanted) {
        if (comparison.counts().isEmpty()) {
            throw new UserError("there is nothing to compare: " + one.summary() + "; " + other.summary());
        }
        var contradictions = Stream.of(one, other)
                .flatMap(side -> side.contradictions().stream())
                .anyMatch(isWanted);
        return comparison.findings().isEmpty() && !contradictions ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Set<String> ignored() {
        var all = new HashSet<>(ignored);
        if (!isStrict) {
            all.addAll(OURS);
        }
        return all;
    }

    private @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!Moment.isTime(text)) {
            throw new ParameterException(
                    spec.commandLine(), option + " takes a time with its offset, e.g. 2026-02-03T04:05:06Z");
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    private String report(SignalComparison comparison, SignalSide one, SignalSide other) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("strategy", "A", "B", "equal", "missing", "extra", "different"));
        comparison
                .counts()
                .forEach((strategy, count) -> rows.add(Stream.concat(
                                Stream.of(strategy),
                                Stream.of(
                                                count.first(),
                                                count.second(),
                                                count.equal(),
                                                count.missing(),
                                                count.extra(),
                                                count.different())
                                        .map(String::valueOf))
                        .toList()));
        var lines = comparison.findings().stream().limit(shown).map(CompareCommand::line);
        var more = comparison.findings().size() - shown;
        return "A  " + one.summary() + "\nB  " + other.summary() + "\n\n" + TextTable.of(rows)
                + (comparison.findings().isEmpty() ? "" : lines.collect(Collectors.joining("\n", "\n", "\n")))
                + (more > 0 ? "and " + more + " more\n" : "");
    }

    private static String line(Finding finding) {
        return switch (finding) {
            case Finding.Missing(var key) -> "missing    " + key;
            case Finding.Extra(var key) -> "extra      " + key;
            case Finding.Different(var key, var fields) ->
                "different  " + key + ": "
                        + fields.stream()
                                .limit(FIELDS_SHOWN)
                                .map(field -> field.field() + " " + text(field.first()) + " | " + text(field.second()))
                                .collect(Collectors.joining(", "))
                        + (fields.size() > FIELDS_SHOWN ? ", ..." : "");
        };
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "(none)" : value.toString();
    }
}
