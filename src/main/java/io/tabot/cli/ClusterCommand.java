package io.tabot.cli;

import io.tabot.cli.ServiceAddress.Surroundings;
import java.io.OutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Several nodes on this machine, to try a cluster out. */
@Command(
        name = "cluster",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run several nodes on this machine, to try a cluster out.",
        commandListHeading = "%nCommands:%n")
final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ClusterCommand() {}

    static CommandLine create(OutputStream out, Surroundings surroundings) {
        return new CommandLine(new ClusterCommand()).addSubcommand(new ClusterStartCommand(out, surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
