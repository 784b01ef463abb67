package io.tabot.cli;

import io.tabot.JournalSession;
import io.tabot.Settings;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalContents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves a history to another journal. */
@Command(
        name = "copy",
        description = "Copy a history into an empty journal, as it is: numbers, times, authors and hashes.",
        footer = {
            "",
            "Stop the service first. A copy that was interrupted is gone on with. A journal that holds another history"
                    + " is left as it is.",
            "",
            "Example:",
            "  MONGODB_URI=mongodb://... bin/ta-bot journals copy --from embedded --to mongodb"
        })
final class JournalsCopyCommand implements Callable<Integer> {
    private final OutputStream out;
    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", required = true, paramLabel = "NAME", description = "embedded, mongodb or mysql.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "NAME", description = "embedded, mongodb or mysql.")
    private String to = "";

    @Option(names = "--environment", paramLabel = "NAME", description = "Default: that of the settings.")
    private @Nullable String environment;

    JournalsCopyCommand(OutputStream out, Supplier<Settings> settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        var loaded = settings.get();
        if (from.equals(to)) {
            throw new UserError("a journal can't be copied to itself");
        }
        if (from.equals(EmbeddedJournal.NAME) && !JournalSession.hasEmbedded(loaded.dataDir())) {
            throw new UserError("there is no embedded journal in " + loaded.dataDir());
        }
        var name = environment == null ? loaded.environment() : environment;
        var text = JournalReports.inSession(loaded, name, List.of(from, to), session -> copy(session, name));
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        tellWhatIsNext(loaded, spec.commandLine().getErr());
        return ExitCode.OK;
    }

    private String copy(JournalSession session, String name) {
        session.prepare(to);
        var source = sound(session.read(from));
        var target = sound(session.read(to));
        if (source.revision() == 0) {
            throw new UserError(from + " holds no history of " + name + ": nothing to copy");
        }
        var common = source.commonWith(target);
        if (common < target.revision()) {
            throw new UserError(to + " holds another history of " + name + ": " + target.revision()
                    + " changes, of which the first " + common + " are the same; it was left as it is");
        }
        if (common < source.revision()) {
            session.append(to, target, source.state().last(), session.events(source, common + 1));
        }
        return verdict(source, session.read(to), common);
    }

    private String verdict(JournalContents source, JournalContents copied, long before) {
        if (copied.revision() != source.revision()
                || !copied.state().hash().equals(source.state().hash())) {
            throw new UserError(
                    "the copy is not the same: " + copied.state() + " for " + source.state() + "; do not use it");
        }
        return "copied " + (source.revision() - before) + " changes from " + from + " to " + to + ": revision "
                + copied.revision() + ", head " + copied.state().hash();
    }

    private static JournalContents sound(JournalContents contents) {
        if (contents.broken() != null) {
            throw new UserError(contents.voter() + " is broken: " + contents.broken());
        }
        return contents;
    }

    private void tellWhatIsNext(Settings loaded, PrintWriter err) {
        var file = loaded.dataDir().resolve(EmbeddedJournal.FILE);
        if (from.equals(EmbeddedJournal.NAME)) {
            Failures.tell(err, "now move " + file + " away, and start the service with TABOT_JOURNALS=" + to);
        }
    }
}
