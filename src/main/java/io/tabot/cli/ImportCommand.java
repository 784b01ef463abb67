package io.tabot.cli;

import io.tabot.JournalSession;
import io.tabot.Settings;
import io.tabot.cli.ServiceAddress.Surroundings;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigRules;
import io.tabot.config.HashChain;
import io.tabot.config.RuleSettings;
import io.tabot.config.Term;
import io.tabot.importer.ImportPlan;
import io.tabot.importer.ImportPlanner;
import io.tabot.importer.PythonBotData;
import io.tabot.journal.JournalContents;
import io.tabot.journal.StoredHistory.Original;
import io.tabot.strategy.StrategyCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Takes over what the Python bot has stored, before the first start of the service. */
@Command(
        name = "import",
        description = "Take over the configuration and its history from the Python bot's MongoDB or MySQL.",
        footer = {
            "",
            "Without --apply it only tells what it would do. With it, the journals of the settings get the history."
                    + " They must hold none, or that of the same import: a second run adds nothing. No service may"
                    + " run on them meanwhile. docs/migration.md goes through it.",
            "Ends with 1 if something that is in force there can't be taken over.",
            "",
            "Example:",
            "  bin/ta-bot import --from mongodb://user:password@host:27017/petrosa"
        })
final class ImportCommand implements Callable<Integer> {
    /** The first reign over a journal that had none. */
    private static final Term FIRST = Term.NONE.next();

    private final OutputStream out;
    private final Surroundings surroundings;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description = "The database of the Python bot or of its data manager, mongodb://... or mysql://..."
                    + " Default: tabot.mongodb.uri of the settings.")
    private @Nullable String from;

    @Option(names = "--apply", description = "Do it.")
    private boolean isApplied;

    @Option(names = "--dry-run", description = "Only tell what would be done. The default.")
    private boolean isDryRun;

    @Option(names = "--environment", paramLabel = "NAME", description = "Default: that of the settings.")
    private @Nullable String environment;

    @Option(
            names = "--drop-unknown-parameters",
            description = "Leave out parameters of strategies that do not exist here, instead of refusing all that came"
                    + " with them.")
    private boolean dropsUnknownParameters;

    @Option(
            names = "--partial",
            description = "With --apply: go on though something that is in force there can't be taken over.")
    private boolean isPartial;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean isJson;

    ImportCommand(OutputStream out, Surroundings surroundings) {
        this.out = out;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (isApplied && isDryRun) {
            throw new UserError("--apply and --dry-run are opposites");
        }
        var settings = surroundings.ownSettings().get();
        var name = environment == null ? settings.environment() : environment;
        var source = ImportSource.of(from, settings);
        var plan = plan(settings, name, source.read());
        var report = new ImportReport(source.shown(), name, plan);
        var isRefused = isApplied && !plan.isComplete() && !isPartial;
        var journals = isApplied && !isRefused ? apply(settings, name, plan) : new LinkedHashMap<String, String>();
        print(isJson ? report.json(journals) : report.text(journals, isApplied));
        if (isRefused) {
            throw new UserError("nothing was written: what is in force there can't all be taken over; with --partial"
                    + " the rest is");
        }
        return plan.isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private ImportPlan plan(Settings settings, String name, PythonBotData data) {
        var catalog = StrategyCatalog.standard();
        var rules = new ConfigRules(catalog, new RuleSettings(settings.config().quoteCurrencies()));
        var strategies = catalog.strategies().stream()
                .map(strategy -> strategy.definition().id())
                .toList();
        return ImportPlanner.plan(data, name, rules, strategies, dropsUnknownParameters);
    }

    /** What became of each journal. All are looked at before the first is written. */
    private LinkedHashMap<String, String> apply(Settings settings, String name, ImportPlan plan) {
        var names = settings.journals().names();
        return JournalReports.inSession(settings, name, names, session -> {
            var found = new LinkedHashMap<String, JournalContents>();
            names.forEach(session::prepare);
            names.forEach(journal -> found.put(journal, fitting(session.read(journal), plan)));
            var done = new LinkedHashMap<String, String>();
            found.forEach((journal, contents) -> done.put(journal, write(session, contents, plan)));
            return done;
        });
    }

    private static JournalContents fitting(JournalContents contents, ImportPlan plan) {
        if (contents.broken() != null) {
            throw new UserError(contents.voter() + " is broken: " + contents.broken());
        }
        var shorter =
                Math.toIntExact(Math.min(contents.revision(), plan.events().size()));
        if (shorter > 0 && !contents.hash(shorter).equals(hash(plan.events(), shorter))) {
            throw new UserError("nothing was written: " + contents.voter() + " holds a history of "
                    + contents.revision() + " changes already, which is not that of this import");
        }
        if (contents.revision() > 0 && plan.events().isEmpty()) {
            throw new UserError("nothing was written: " + contents.voter() + " holds a history already");
        }
        return contents;
    }

    private static String write(JournalSession session, JournalContents contents, ImportPlan plan) {
        var there = Math.toIntExact(contents.revision());
        if (there >= plan.events().size()) {
            return "had all of it already";
        }
        var missing = plan.events().subList(there, plan.events().size());
        session.append(
                contents.voter(), contents, FIRST, Source.from(missing).map(event -> new Original(FIRST, event)));
        return missing.size() + " changes written";
    }

    private static String hash(List<ConfigEvent> events, int revision) {
        return revision == 0 ? HashChain.GENESIS : events.get(revision - 1).hash();
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
