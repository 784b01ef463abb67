package io.tabot.cli;

import io.tabot.Main;
import io.tabot.Settings;
import io.tabot.cli.ServiceAddress.Surroundings;
import io.tabot.strategy.StrategyCatalog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: what bin/ta-bot starts. */
@Command(
        name = "ta-bot",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A crypto trading-signal service whose behaviour changes at run time.",
        commandListHeading = "%nCommands:%n")
public final class TaBot implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        // Not System.out, which hides that nobody reads any more.
        var commands =
                commands(new FileOutputStream(FileDescriptor.out), new Surroundings(System.getenv(), Settings::load));
        System.exit(commands.execute(args));
    }

    /** @param surroundings with the settings, and the operator's own file of them if there is one */
    static CommandLine commands(OutputStream out, Surroundings surroundings) {
        var settings = surroundings.ownSettings();
        var commands = new CommandLine(new TaBot())
                .addSubcommand(new RunCommand(surroundings.settings(), Main::run))
                .addSubcommand(new StatusCommand(new ServiceReport(out, surroundings)))
                .addSubcommand(new SignalsCommand(out, settings))
                .addSubcommand(new SignalWatchCommand(new WatchOptions(out, surroundings)))
                .addSubcommand(new IndicatorsCommand(out))
                .addSubcommand(new StrategiesCommand(out, StrategyCatalog.standard()))
                .addSubcommand(new BacktestCommand(out, settings))
                .addSubcommand(new RecursiveAnalysisCommand(out, settings))
                .addSubcommand(new LookaheadAnalysisCommand(out, settings))
                .addSubcommand(new CompareCommand(out))
                .addSubcommand(ConfigurationCommand.create(out, surroundings))
                .addSubcommand(AuditCommand.create(out, surroundings))
                .addSubcommand(new ImportCommand(out, surroundings))
                .addSubcommand(JournalsCommand.create(out, settings, surroundings))
                .addSubcommand(ClusterCommand.create(out, surroundings))
                .addSubcommand(TokenCommand.create(out, settings));
        commands.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
                .map(CommandLine::getCommandSpec)
                .forEach(command -> command.mixinStandardHelpOptions(true).versionProvider(new Version()));
        return Failures.addTo(DomainConverters.addTo(commands))
                .setAbbreviatedSubcommandsAllowed(false)
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
