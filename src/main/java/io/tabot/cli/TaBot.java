package io.tabot.cli;

import io.tabot.Main;
import io.tabot.Settings;
import io.tabot.strategy.StrategyCatalog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        var commands = commands(new FileOutputStream(FileDescriptor.out), Settings::load);
        System.exit(commands.execute(args));
    }

    /** @param settings reads them, with the operator's own file if there is one */
    static CommandLine commands(OutputStream out, Function<@Nullable Path, Settings> settings) {
        var commands = new CommandLine(new TaBot())
                .addSubcommand(new RunCommand(settings, Main::run))
                .addSubcommand(new SignalsCommand(out, () -> settings.apply(null)))
                .addSubcommand(new IndicatorsCommand(out))
                .addSubcommand(new StrategiesCommand(out, StrategyCatalog.standard()))
                .addSubcommand(new BacktestCommand(out, () -> settings.apply(null)))
                .addSubcommand(AuditCommand.create(out, () -> settings.apply(null)))
                .addSubcommand(TokenCommand.create(out, () -> settings.apply(null)));
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
