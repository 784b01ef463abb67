package io.tabot.cli;

import io.tabot.JournalSession;
import io.tabot.Settings;
import io.tabot.StartException;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalContents;
import io.tabot.journal.JournalUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that only look at journals, and what they find there. */
final class JournalReports {
    /** Not a print stream, which hides that nobody reads any more. */
    private final OutputStream out;

    private final Supplier<Settings> settings;

    @Option(
            names = "--journals",
            split = ",",
            paramLabel = "NAME",
            description = "embedded, mongodb, mysql. Default: those of the settings.")
    private @Nullable List<String> names;

    @Option(names = "--environment", paramLabel = "NAME", description = "Default: that of the settings.")
    private @Nullable String environment;

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    JournalReports(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    /**
     * What one journal came to.
     *
     * @param contents nothing if it could not be read
     * @param trouble why it could not be read, or why it is broken
     */
    record Found(
            String name,
            String place,
            Optional<JournalContents> contents,
            @Nullable String trouble) {
        boolean isSound() {
            return trouble == null;
        }

        long revision() {
            return contents.map(JournalContents::revision).orElse(0L);
        }
    }

    boolean isJson() {
        return isJson;
    }

    String environment() {
        return environment == null ? settings.get().environment() : environment;
    }

    /** Reads every journal that was asked for; one that can't be read is a finding, not the end. */
    List<Found> read() {
        var loaded = settings.get();
        var wanted = names == null ? loaded.journals().names() : names;
        if (wanted.contains(EmbeddedJournal.NAME) && !JournalSession.hasEmbedded(loaded.dataDir())) {
            throw new UserError("there is no embedded journal in " + loaded.dataDir());
        }
        return inSession(loaded, environment(), wanted, session -> {
            var found = new ArrayList<Found>();
            session.names().forEach(name -> found.add(read(session, name)));
            return found;
        });
    }

    void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Opens journals for as long as the work takes; what can't be opened is the user's to mend. */
    static <T> T inSession(
            Settings settings, String environment, List<String> names, Function<JournalSession, T> work) {
        try (var session = JournalSession.open(settings, environment, names)) {
            return work.apply(session);
        } catch (StartException | JournalUnavailableException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private static Found read(JournalSession session, String name) {
        var place = session.place(name);
        try {
            var contents = session.read(name);
            return new Found(name, place, Optional.of(contents), contents.broken());
        } catch (JournalUnavailableException e) {
            return new Found(name, place, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
