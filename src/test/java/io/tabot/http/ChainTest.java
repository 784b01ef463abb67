package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.cli.CommandRun;
import io.tabot.config.ConfigEventJson;
import io.tabot.testing.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history of more than one page, read over HTTP and by the command line, whole and tampered with. */
class ChainTest {
    private static final int COUNT = 1_200;

    @RegisterExtension
    static final ServedApi served = new ServedApi(folder -> RunningApi.startAfter(folder, Events.chain(COUNT)));

    private static final Client client = served.client();

    @TempDir
    private Path folder;

    @Test
    void aSoundChainIsToldWithItsHead() {
        var reply = client.get("/api/v1/audit/verify");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/sound").asBoolean()).isTrue();
        assertThat(reply.at("/data/revision").asInt()).isEqualTo(COUNT);
        assertThat(reply.at("/data/head_hash").asText()).isEqualTo(head());
        assertThat(reply.at("/data/broken").isNull()).isTrue();
    }

    @Test
    void anExportIsTheStoredHistoryInItsOrder() {
        var reply = client.get("/api/v1/audit/export");

        assertThat(reply.header("Content-Type")).contains("application/x-ndjson");
        assertThat(reply.text().lines().map(ConfigEventJson::read)).containsExactlyElementsOf(Events.chain(COUNT));
    }

    @Test
    void theCommandLineVerifiesTheServiceAndItsExport() throws IOException {
        var url = served.running().address();

        var service = CommandRun.of("audit", "verify", "--url", url);
        var file = Files.write(
                folder.resolve("audit.jsonl"),
                CommandRun.of("audit", "export", "--url", url).lines());
        var offline = CommandRun.of("audit", "verify", "--file", file, "--head", head());
        var other = CommandRun.of("audit", "verify", "--file", file, "--head", "0".repeat(64));

        assertThat(service.exitCode()).isZero();
        assertThat(service.lines()).containsExactly("sound: " + COUNT + " changes, head " + head());
        assertThat(offline.exitCode()).isZero();
        assertThat(offline.lines()).isEqualTo(service.lines());
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.lines().getFirst()).startsWith("BROKEN: the newest change, revision " + COUNT);
    }

    @Test
    void aChainIsHeldAgainstHeadsThatWereNotedEarlier() throws IOException {
        var url = served.running().address();
        var file = folder.resolve("audit.jsonl");
        Files.write(file, CommandRun.of("audit", "export", "--url", url).lines());
        var noted = List.of(noted(1), noted(700), noted(COUNT));
        var rewritten = "700:" + "f".repeat(64);
        var cutOff = (COUNT + 1) + ":" + head();

        for (var source : List.of(List.of("--url", url), List.of("--file", file.toString()))) {
            assertThat(verify(source, noted.toArray(String[]::new)).exitCode()).isZero();
            var other = verify(source, noted(1), rewritten);
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.lines().getFirst())
                    .startsWith(
                            "BROKEN: revision 700 has the hash " + noted(700).substring(4))
                    .contains("the history was rewritten", "sound up to revision 699");
            var shorter = verify(source, cutOff);
            assertThat(shorter.exitCode()).isEqualTo(1);
            assertThat(shorter.lines().getFirst()).startsWith("BROKEN: the history ends at revision " + COUNT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7:abc", "0:HASH", "-1:HASH", "7:HASHa", "7:HASH,7:OTHER", "x:HASH"})
    void anExpectationThatIsNoneIsRefused(String text) {
        var expect = text.replace("HASH", "a".repeat(64)).replace("OTHER", "b".repeat(64));

        assertThat(client.get("/api/v1/audit/verify?expect=" + expect).status()).isEqualTo(422);
        assertThat(CommandRun.of("audit", "verify", "--url", served.running().address(), "--expect", expect)
                        .exitCode())
                .isEqualTo(2);
    }

    private static CommandRun verify(List<String> source, String... expected) {
        var arguments = new ArrayList<Object>(List.of("audit", "verify"));
        arguments.addAll(source);
        for (var one : expected) {
            arguments.addAll(List.of("--expect", one));
        }
        return CommandRun.of(arguments.toArray());
    }

    private static String noted(int revision) {
        return revision + ":" + Events.chain(COUNT).get(revision - 1).hash();
    }

    @Test
    void whateverIsDoneToAFileShows() throws IOException {
        assertThat(verified(lines -> replaced(lines, 700, "tester", "somebody")))
                .startsWith("BROKEN: revision 701 carries the hash");
        assertThat(verified(lines -> removed(lines, 10))).startsWith("BROKEN: revision 12 follows revision 10");
        assertThat(verified(lines -> replaced(lines, 5, "\"revision\"", "\"revisions\"")))
                .startsWith("BROKEN: after revision 5 there is no change");
        assertThat(verified(lines -> replaced(lines, COUNT - 1, ".", "..")))
                .startsWith("BROKEN: ")
                .contains("sound up to revision " + (COUNT - 1));
    }

    @Test
    void aServiceThatIsNotThereIsToldInOneLine() {
        var nobody = CommandRun.of("audit", "verify", "--url", "http://127.0.0.1:1");
        var noPath = CommandRun.of("audit", "export", "--url", served.running().address() + "/nowhere");
        var noFile = CommandRun.of("audit", "verify", "--file", folder.resolve("none.jsonl"));
        var nothing = CommandRun.of("audit");

        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).startsWith("ta-bot: no service answers at http://127.0.0.1:1");
        assertThat(nobody.err().lines()).hasSize(1);
        assertThat(noPath.err()).contains("answers 404");
        assertThat(noFile.err()).contains("can't be read");
        assertThat(nothing.exitCode()).isEqualTo(2);
    }

    private String verified(UnaryOperator<List<String>> tamper) throws IOException {
        var lines = Events.chain(COUNT).stream().map(ConfigEventJson::write).toList();
        var file = Files.write(folder.resolve("tampered.jsonl"), tamper.apply(new ArrayList<>(lines)));
        var run = CommandRun.of("audit", "verify", "--file", file);
        assertThat(run.exitCode()).isEqualTo(1);
        return run.lines().getFirst();
    }

    private static List<String> replaced(List<String> lines, int index, String text, String other) {
        assertThat(lines.get(index)).contains(text);
        lines.set(index, lines.get(index).replace(text, other));
        return lines;
    }

    private static List<String> removed(List<String> lines, int index) {
        lines.remove(index);
        return lines;
    }

    private static String head() {
        return Events.chain(COUNT).getLast().hash();
    }
}
