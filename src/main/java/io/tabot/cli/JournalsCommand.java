package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.cli.ServiceAddress.Surroundings;
import java.io.OutputStream;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The journals that hold the history of the configuration: without a service, but for the promotion. */
@Command(
        name = "journals",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Look at the journals that hold the history of the configuration, compare, copy and promote them.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "They are those of the settings (TABOT_JOURNALS, MONGODB_URI, MYSQL_URI). Looking at a server may be done"
                    + " while a service runs on it. The embedded journal belongs to one process at a time: stop the"
                    + " service, or ask it: bin/ta-bot audit verify. Only promote speaks to a running service."
        })
final class JournalsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private JournalsCommand() {}

    static CommandLine create(OutputStream out, Supplier<Settings> settings, Surroundings surroundings) {
        return new CommandLine(new JournalsCommand())
                .addSubcommand(new JournalsStatusCommand(out, settings))
                .addSubcommand(new JournalsVerifyCommand(out, settings))
                .addSubcommand(new JournalsCopyCommand(out, settings))
                .addSubcommand(new JournalsPromoteCommand(new ServiceReport(out, surroundings), System.in));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
