package io.tabot.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.Settings;
import io.tabot.cli.JournalReports.Found;
import io.tabot.journal.JournalContents;
import io.tabot.journal.JournalContents.Headline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** What each journal holds, and how far one is behind the other. */
@Command(
        name = "status",
        description = "Tell what each journal holds: its newest change, how far it lags, its orphans.",
        footer = {
            "",
            "An orphan is a change that was stored and is no part of the history: its acknowledgement was never given,"
                    + " or an operator gave it up. A lag beside a running service may be a change under way.",
            "Ends with 1 if a journal can't be read or is broken."
        })
final class JournalsStatusCommand implements Callable<Integer> {
    private static final List<String> HEADINGS =
            List.of("journal", "revision", "lag", "records", "orphans", "newest change", "head", "at");

    @Mixin
    private JournalReports journals;

    JournalsStatusCommand(OutputStream out, Supplier<Settings> settings) {
        this.journals = new JournalReports(out, settings);
    }

    @Override
    public Integer call() throws IOException {
        var found = journals.read();
        journals.print(journals.isJson() ? json(found) : text(found));
        return found.stream().allMatch(Found::isSound) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String text(List<Found> found) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADINGS);
        found.forEach(journal -> rows.add(row(journal, lag(found, journal))));
        var text = new StringBuilder(TextTable.of(rows));
        for (var journal : found) {
            if (!journal.isSound()) {
                text.append(journal.name())
                        .append(": ")
                        .append(journal.trouble())
                        .append('\n');
            }
            journal.contents()
                    .ifPresent(contents -> contents.orphans()
                            .forEach(orphan -> text.append(journal.name())
                                    .append(" orphan ")
                                    .append(line(orphan))
                                    .append('\n')));
        }
        return text.toString();
    }

    private static List<String> row(Found journal, long lag) {
        return List.of(
                journal.name(),
                cell(journal, contents -> contents.revision()),
                cell(journal, _ -> lag),
                cell(journal, contents -> contents.state().position()),
                cell(journal, contents -> contents.orphans().size()),
                cell(
                        journal,
                        contents -> contents.newest()
                                .map(newest -> newest.at() + " by " + newest.changedBy())
                                .orElse("none")),
                cell(journal, contents -> contents.state().hash()),
                journal.place());
    }

    private static String cell(Found journal, Function<JournalContents, Object> value) {
        return journal.contents().map(value).map(String::valueOf).orElse("?");
    }

    private static String line(Headline event) {
        var reason = event.reason() == null ? "" : ", " + event.reason();
        return "of revision " + event.revision() + ": " + event.at() + " by " + event.changedBy() + reason + ", "
                + event.hash();
    }

    private static long lag(List<Found> found, Found journal) {
        return found.stream().mapToLong(Found::revision).max().orElse(0) - journal.revision();
    }

    private String json(List<Found> found) {
        var root = new ObjectMapper().createObjectNode().put("environment", journals.environment());
        var items = root.putArray("journals");
        for (var journal : found) {
            var item = items.addObject().put("journal", journal.name()).put("at", journal.place());
            item.put("trouble", journal.trouble());
            journal.contents().ifPresent(contents -> addContents(item, contents, lag(found, journal)));
        }
        return root.toPrettyString() + "\n";
    }

    private static void addContents(ObjectNode item, JournalContents contents, long lag) {
        var state = contents.state();
        item.put("revision", state.revision()).put("head_hash", state.hash()).put("lag", lag);
        item.put("records", state.position())
                .put("term", state.last().toString())
                .put("promised", state.fence().term().toString());
        contents.newest().ifPresent(newest -> addEvent(item.putObject("newest"), newest));
        var orphans = item.putArray("orphans");
        contents.orphans().forEach(orphan -> addEvent(orphans.addObject(), orphan));
    }

    private static void addEvent(ObjectNode item, Headline event) {
        item.put("revision", event.revision())
                .put("at", event.at().toString())
                .put("changed_by", event.changedBy())
                .put("reason", event.reason())
                .put("hash", event.hash());
    }
}
