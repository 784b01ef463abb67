package io.tabot.cli;

import io.tabot.cli.ServiceAddress.Surroundings;
import java.io.OutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The configuration of a running service, over its API. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "COMMAND",
        description = "Look at the configuration of a running service, and change it.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Ends with 0 when it is done, 1 when the service refuses it or does not answer, 2 for wrong usage."
                    + " docs/api.md goes through all of it, task by task."
        })
final class ConfigurationCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ConfigurationCommand() {}

    static CommandLine create(OutputStream out, Surroundings surroundings) {
        return new CommandLine(new ConfigurationCommand())
                .addSubcommand(new ConfigGetCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new ConfigSetCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new ConfigDiffCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new ConfigRollbackCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new ConfigWatchCommand(new WatchOptions(out, surroundings)))
                .addSubcommand(new ConfigExportCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new ConfigImportCommand(new ServiceReport(out, surroundings)));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
