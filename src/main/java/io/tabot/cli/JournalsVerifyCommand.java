package io.tabot.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.Settings;
import io.tabot.cli.JournalReports.Found;
import io.tabot.journal.JournalContents;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Whether every journal is sound, and whether all hold the same history. */
@Command(
        name = "verify",
        description = "Walk all records and the chain of changes of each journal, and compare the journals.",
        footer = {"", "Ends with 0 if all are sound and hold the same history, else with 1."})
final class JournalsVerifyCommand implements Callable<Integer> {
    @Mixin
    private JournalReports journals;

    JournalsVerifyCommand(OutputStream out, Supplier<Settings> settings) {
        this.journals = new JournalReports(out, settings);
    }

    /** One sentence about a journal, or about two. */
    private record Verdict(String about, boolean isGood, String text) {}

    @Override
    public Integer call() throws IOException {
        var verdicts = verdicts(journals.read());
        journals.print(journals.isJson() ? json(verdicts) : text(verdicts));
        return verdicts.stream().allMatch(Verdict::isGood) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static List<Verdict> verdicts(List<Found> found) {
        var verdicts = new ArrayList<Verdict>();
        found.forEach(journal -> verdicts.add(alone(journal)));
        var readable =
                found.stream().map(Found::contents).flatMap(Optional::stream).toList();
        readable.stream().skip(1).forEach(other -> verdicts.add(together(readable.getFirst(), other)));
        return verdicts;
    }

    private static Verdict alone(Found journal) {
        var contents = journal.contents();
        if (contents.isEmpty()) {
            return new Verdict(journal.name(), false, "can't be read: " + journal.trouble());
        }
        var upTo = contents.get().revision() + " changes, head "
                + contents.get().state().hash();
        return journal.isSound()
                ? new Verdict(journal.name(), true, "sound: " + upTo)
                : new Verdict(journal.name(), false, "BROKEN: " + journal.trouble() + "; sound up to there: " + upTo);
    }

    private static Verdict together(JournalContents one, JournalContents other) {
        var about = one.voter() + " and " + other.voter();
        var common = one.commonWith(other);
        var shorter = one.revision() < other.revision() ? one : other;
        if (common < shorter.revision()) {
            return new Verdict(
                    about,
                    false,
                    "DIFFER from revision " + (common + 1) + " on: " + one.hash(common + 1) + " and "
                            + other.hash(common + 1));
        }
        var missing = Math.abs(one.revision() - other.revision());
        return missing == 0
                ? new Verdict(about, true, "hold the same " + common + " changes")
                : new Verdict(
                        about,
                        false,
                        "are the same up to revision " + common + "; " + shorter.voter() + " lacks the " + missing
                                + " after it");
    }

    private static String text(List<Verdict> verdicts) {
        var text = new StringBuilder();
        verdicts.forEach(verdict ->
                text.append(verdict.about()).append(": ").append(verdict.text()).append('\n'));
        return text.toString();
    }

    private String json(List<Verdict> verdicts) {
        var root = new ObjectMapper().createObjectNode().put("environment", journals.environment());
        var items = root.putArray("verdicts");
        verdicts.forEach(verdict -> items.addObject()
                .put("about", verdict.about())
                .put("good", verdict.isGood())
                .put("text", verdict.text()));
        return root.toPrettyString() + "\n";
    }
}
