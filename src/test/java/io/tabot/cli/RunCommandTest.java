package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
    private final List<Settings> started = new ArrayList<>();
    private boolean abandoned;
    private final StringWriter err = new StringWriter();

    @Test
    void startsTheServiceAndPassesItsExitCodeOn() {
        assertThat(run()).isEqualTo(7);

        assertThat(started).hasSize(1);
        assertThat(started.getFirst().http().port()).isEqualTo(8000);
    }

    @Test
    void laysAFileOverTheSettings(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mine.conf"), "tabot.http.port = 9000");

        assertThat(run("--config-file", file.toString())).isEqualTo(7);

        assertThat(started.getFirst().http().port()).isEqualTo(9000);
    }

    @Test
    void abandonsAnEmbeddedHistoryOnlyWhenToldTo() {
        run();
        assertThat(abandoned).isFalse();

        run("--abandon-embedded");
        assertThat(abandoned).isTrue();
    }

    @Test
    void badSettingsAreOneLineAndNothingStarts(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mine.conf"), "tabot.http.prot = 9000");

        assertThat(run("--config-file", file.toString())).isEqualTo(1);

        assertThat(started).isEmpty();
        assertThat(err.toString())
                .isEqualTo("ta-bot: unknown setting tabot.http.prot (did you mean tabot.http.port?)"
                        + System.lineSeparator());
    }

    private int run(String... arguments) {
        var command = new RunCommand(file -> Settings.load(Map.of(), new Properties(), file), (settings, abandons) -> {
            started.add(settings);
            abandoned = abandons;
            return 7;
        });
        return Failures.addTo(new CommandLine(command))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
