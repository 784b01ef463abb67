package io.tabot;

import io.tabot.journal.EmbeddedJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * The history that an embedded journal left in the data folder of a service which keeps it elsewhere now. It is never
 * passed over in silence, and never deleted: to abandon it is to put it into a folder of its own.
 */
final class EmbeddedRemains {
    private static final String ABANDONED = "abandoned-";

    private EmbeddedRemains() {}

    /** @throws StartException if there is one, and nobody said what is to become of it */
    static void check(List<String> journals, Path folder, boolean isAbandoned) {
        if (journals.contains(EmbeddedJournal.NAME) || !Files.exists(folder.resolve(EmbeddedJournal.FILE))) {
            return;
        }
        if (!isAbandoned) {
            throw new StartException("the data folder " + folder + " holds a history in " + EmbeddedJournal.FILE
                    + ", while the journals are " + journals + "; copy it with bin/ta-bot journals copy --from embedded"
                    + " --to " + journals.getFirst()
                    + "; after that, or to begin without it, start once with bin/ta-bot"
                    + " run --abandon-embedded, which puts it aside; or go on with it by TABOT_JOURNALS=embedded");
        }
        try {
            putAside(folder);
        } catch (IOException e) {
            throw new StartException("the history in " + folder + " can't be put aside: " + e);
        }
    }

    /** With the last states: they would refuse journals that hold less than the history did. */
    private static void putAside(Path folder) throws IOException {
        var aside = IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> folder.resolve(ABANDONED + number))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElseThrow();
        Files.createDirectory(aside);
        try (var states = Files.newDirectoryStream(folder, "last-state-*.json")) {
            for (var state : states) {
                Files.move(state, aside.resolve(state.getFileName()));
            }
        }
        // Last, so that a move that was interrupted is gone on with at the next start.
        Files.move(folder.resolve(EmbeddedJournal.FILE), aside.resolve(EmbeddedJournal.FILE));
        LoggerFactory.getLogger(EmbeddedRemains.class)
                .warn("the history of the embedded journal was put aside, into {}", aside);
    }
}
