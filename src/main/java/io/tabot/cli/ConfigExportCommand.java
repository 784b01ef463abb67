package io.tabot.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the whole configuration in the form that other commands read. */
@Command(
        name = "export",
        description = "Write the whole configuration to standard output.",
        footer = {
            "",
            "config import and config diff read it, and so do signals and backtest as --config.",
            "",
            "Examples:",
            "  bin/ta-bot config export > tested.json",
            "  bin/ta-bot config export --revision 42 > then.json"
        })
final class ConfigExportCommand implements Callable<Integer> {
    @Mixin
    private ServiceReport report;

    @ArgGroup
    private Moment.@Nullable Options moment;

    ConfigExportCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        var answer = report.service().read("/api/v1/config" + (moment == null ? "" : moment.query()));
        return report.tell(answer, done -> done.data().toPrettyString() + "\n");
    }
}
