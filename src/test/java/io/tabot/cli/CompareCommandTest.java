package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.testing.PythonBotSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path ours;
    private static List<ObjectNode> signals;

    @BeforeAll
    static void writeSignals() throws IOException {
        var candles = Cli.golden(folder, "cb_btc_4h_2024");
        var run = Cli.run("signals", "--candles", candles, "--symbol", "BTCUSDT", "--timeframe", "4h");
        ours = Files.write(folder.resolve("ours.jsonl"), run.lines());
        signals = new ArrayList<>();
        for (var line : run.lines()) {
            JSON.readTree(line).path("signals").forEach(signal -> signals.add((ObjectNode) signal));
        }
        assertThat(signals).hasSizeGreaterThan(500);
    }

    @Test
    void theSameSignalsAreEqualHoweverTheyAreWritten() throws IOException {
        var published = file("published.jsonl", signals);

        var run = Cli.run("compare", ours, published, "--strict");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.lines().getFirst()).isEqualTo("A  " + ours + ": " + signals.size() + " signals");
        assertThat(run.out()).doesNotContain("missing    ", "different  ");
    }

    @Test
    void messagesOfThePythonBotAreHeldAgainstOursByCandle() throws IOException {
        var theirs = new ArrayList<ObjectNode>();
        signals.forEach(signal -> theirs.add(PythonBotSignals.of(signal, theirs.size())));
        // Each of its replicas sends every signal.
        theirs.addAll(List.copyOf(theirs.subList(0, 100)));

        var run = Cli.run("compare", file("theirs.jsonl", theirs), ours);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.lines().getFirst()).endsWith(signals.size() + " signals, 100 repetitions");
        assertThat(Cli.run("compare", folder.resolve("theirs.jsonl"), ours, "--strict")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void tellsWhatIsMissingExtraAndDifferentByStrategy() throws IOException {
        var others = new ArrayList<>(signals);
        var gone = others.remove(3);
        var changed = others.get(7).deepCopy();
        changed.put("stop_loss", 1.5);
        ((ObjectNode) changed.get("metadata")).remove("open_price");
        others.set(7, changed);
        var more = others.get(11).deepCopy();
        more.put("strategy_id", "unheard_of");
        others.add(more);

        var run = Cli.run("compare", ours, file("others.jsonl", others));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("missing    " + key(gone));
        assertThat(run.out()).contains("different  " + key(changed) + ": stop_loss");
        assertThat(run.out()).contains("extra      " + key(more));
        assertThat(run.out()).containsPattern("unheard_of +0 +1 +0 +0 +1 +0");
        assertThat(Cli.run("compare", ours, folder.resolve("others.jsonl"), "--show", "1")
                        .out())
                .contains("and 2 more");
    }

    @Test
    void numbersMayDifferByAToleranceAndFieldsBeIgnored() throws IOException {
        var near = signals.stream().map(ObjectNode::deepCopy).toList();
        near.forEach(signal -> {
            signal.put("price", signal.get("price").asDouble() * (1 + 1e-12));
            signal.put("strength", "weak");
        });
        var file = file("near.jsonl", near);

        assertThat(Cli.run("compare", ours, file).exitCode()).isEqualTo(1);
        assertThat(Cli.run("compare", ours, file, "--ignore", "strength").exitCode())
                .isEqualTo(1);
        assertThat(Cli.run("compare", ours, file, "--ignore", "strength,price").exitCode())
                .isZero();
        assertThat(Cli.run("compare", ours, file, "--ignore", "strength", "--tolerance", "1e-9")
                        .exitCode())
                .isZero();
        assertThat(Cli.run("compare", ours, file, "--tolerance", "1").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aShadowThatBeganLaterIsComparedFromThere() throws IOException {
        var later = file("later.jsonl", signals.subList(200, signals.size()));

        assertThat(Cli.run("compare", ours, later).exitCode()).isEqualTo(1);
        var from = signals.get(210).at("/metadata/open_time").asText();
        assertThat(Cli.run("compare", ours, later, "--from", from).exitCode()).isZero();
        // The first candle of the shadow is there in part, where the cut went through it.
        var overlap = Cli.run("compare", later, ours, "--overlap");
        assertThat(overlap.out()).doesNotContain("missing    ");
        assertThat(overlap.lines().stream().filter(line -> line.startsWith("extra      ")))
                .allMatch(line ->
                        line.contains(signals.get(200).at("/metadata/open_time").asText()));
    }

    @Test
    void aRepetitionWithOtherWordsIsADifference() throws IOException {
        var twice = new ArrayList<>(signals);
        var other = signals.getFirst().deepCopy();
        other.put("confidence", 0.123);
        twice.add(other);

        var run = Cli.run("compare", ours, file("twice.jsonl", twice));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 repetitions, 1 of them with other words");
    }

    @Test
    void nothingIsNotEqualToNothing() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.jsonl"), "\n{\"no\": \"signal\"}\nnonsense\n");

        var run = Cli.run("compare", empty, empty);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("there is nothing to compare", "2 messages that are no signals");
        assertThat(Cli.run("compare", ours, folder.resolve("nowhere")).err()).contains("there is no such file");
        assertThat(Cli.run("compare", ours, "nats://127.0.0.1:1").err()).contains("which stream?");
        assertThat(Cli.run("compare", ours, "nats://user:secret@127.0.0.1:1?stream=X")
                        .err())
                .contains("can't be read")
                .doesNotContain("secret");
    }

    private static String key(JsonNode signal) {
        return signal.at("/metadata/open_time").asText() + " BTCUSDT 4h "
                + signal.get("strategy_id").asText();
    }

    private static Path file(String name, List<ObjectNode> lines) throws IOException {
        return Files.write(
                folder.resolve(name), lines.stream().map(JsonNode::toString).toList());
    }
}
