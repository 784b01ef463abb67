package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void lookaheadAnalysisTellsOfEveryStrategyAndEndsWellWhereNoneKnowsTheFuture() throws IOException {
        var run = run("lookahead-analysis", "--strategies", "momentum_pulse,doji_reversal");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().getFirst()).matches("strategy +signals  changed  first");
        assertThat(run.lines().get(1)).matches("momentum_pulse +\\d+ +0 *");
    }

    @Test
    void recursiveAnalysisTellsWhatMemoryAnIndicatorHas() throws IOException {
        var run = run("recursive-analysis", "--window", "100,210,250,500");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().getFirst()).matches("indicator +100 candles +210 candles +250 candles");
        // A mean over twenty candles knows no more than those; a long average never forgets how it began.
        assertThat(run.out()).containsPattern("bb_middle +(0|\\d\\.\\de-1\\d%|0%) ");
        assertThat(percent(run, "ema200", 2))
                .isGreaterThan(percent(run, "ema200", 3))
                .isPositive();
        assertThat(percent(run, "ema21", 2)).isLessThan(percent(run, "ema200", 2));
        assertThat(run.out()).containsPattern("ema200 +undefined ");
        assertThat(run.out()).containsPattern("golden_trend_sync +\\d+ +[1-9]\\d* \\(");
        // 650 candles, the last 151 of which have 500.
        assertThat(run.lines().getLast()).matches("candles +151 +151 +151");
    }

    @Test
    void recursiveAnalysisRefusesWhatCanNotBeCompared() throws IOException {
        assertThat(run("recursive-analysis", "--window", "250").exitCode()).isEqualTo(2);
        var tooLong = run("recursive-analysis", "--window", "250,1000");

        assertThat(tooLong.exitCode()).isEqualTo(1);
        assertThat(tooLong.err()).contains("no candle has 1000 before it");
    }

    private Cli run(String command, String... more) throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");
        var arguments = new java.util.ArrayList<Object>(
                java.util.List.of(command, "--candles", file, "--symbol", "BTCUSDT", "--timeframe", "4h"));
        arguments.addAll(java.util.List.of(more));
        return Cli.run(arguments.toArray());
    }

    private static double percent(Cli run, String indicator, int column) {
        var line = run.lines().stream()
                .filter(text -> text.startsWith(indicator + " "))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.split(" +")[column].replace("%", ""));
    }
}
