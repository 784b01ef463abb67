package io.tabot.cli;

import io.tabot.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command tells its user on standard error, and how one that failed ends: which line, and the exit code. */
final class Failures {
    /** What a shell reports of a program that wrote to a pipe nobody reads any more. */
    static final int PIPE_CLOSED = 141;

    private Failures() {}

    /** A line that begins with who says it: standard error is often shared. */
    static void tell(PrintWriter err, @Nullable String message) {
        err.println("ta-bot: " + String.valueOf(message).replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }

    /** An empty answer to an empty file is right, but hardly what was wanted. */
    static void tellOfNoCandles(PrintWriter err, Path file) {
        tell(err, file + ": there were no candles, only the header");
    }

    static CommandLine addTo(CommandLine commands) {
        return commands.setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var err = command.getErr();
        tell(err, e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        return switch (e) {
            case UserError error -> told(command, error.getMessage());
            case SettingsException error -> told(command, error.getMessage());
            case IOException error when isReaderGone(error) -> PIPE_CLOSED;
            case IOException error -> told(command, "standard output can't be written: " + error.getMessage());
            // A bug: picocli prints the trace.
            default -> throw e;
        };
    }

    private static int told(CommandLine command, @Nullable String message) {
        tell(command.getErr(), message);
        return ExitCode.SOFTWARE;
    }

    private static boolean isReaderGone(IOException e) {
        var message = String.valueOf(e.getMessage());
        return Stream.of("Broken pipe", "Bad file descriptor", "Stream Closed").anyMatch(message::contains);
    }
}
