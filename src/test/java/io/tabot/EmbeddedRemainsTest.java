package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRemainsTest {
    private static final List<String> MYSQL = List.of("mysql");

    @TempDir
    Path folder;

    @Test
    void aHistoryThatIsNotAmongTheJournalsStopsTheStartWithEveryWayOn() throws IOException {
        Files.writeString(folder.resolve("journal.mv.db"), "history");

        assertThatThrownBy(() -> EmbeddedRemains.check(MYSQL, folder, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("bin/ta-bot journals copy --from embedded --to mysql")
                .hasMessageContaining("--abandon-embedded")
                .hasMessageContaining("TABOT_JOURNALS=embedded");
        assertThat(folder.resolve("journal.mv.db")).exists();
    }

    @Test
    void anAbandonedHistoryIsKeptAsideWithTheStatesThatItLeft() throws IOException {
        for (var history : List.of("first", "second")) {
            Files.writeString(folder.resolve("journal.mv.db"), history);
            Files.writeString(folder.resolve("last-state-production.json"), history);
            Files.writeString(folder.resolve("tokens.json"), history);
            EmbeddedRemains.check(MYSQL, folder, true);
        }

        assertThat(folder.resolve("journal.mv.db")).doesNotExist();
        assertThat(folder.resolve("last-state-production.json")).doesNotExist();
        assertThat(folder.resolve("tokens.json")).exists();
        assertThat(folder.resolve("abandoned-1/journal.mv.db")).hasContent("first");
        assertThat(folder.resolve("abandoned-2/journal.mv.db")).hasContent("second");
        assertThat(folder.resolve("abandoned-2/last-state-production.json")).hasContent("second");
    }

    @Test
    void theJournalInUseIsNeverPutAside() throws IOException {
        Files.writeString(folder.resolve("journal.mv.db"), "history");

        EmbeddedRemains.check(List.of("embedded"), folder, true);

        assertThat(folder.resolve("journal.mv.db")).exists();
        EmbeddedRemains.check(MYSQL, folder.resolve("empty"), true);
    }
}
