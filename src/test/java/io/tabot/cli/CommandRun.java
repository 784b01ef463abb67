package io.tabot.cli;

import java.util.List;
import java.util.Map;

/** A command as a shell runs it, for tests of what it speaks to. */
public record CommandRun(int exitCode, List<String> lines, String err) {
    public static CommandRun of(Object... arguments) {
        return of(Map.of(), arguments);
    }

    public static CommandRun of(Map<String, String> environment, Object... arguments) {
        var cli = Cli.run(environment, arguments);
        return new CommandRun(cli.exitCode(), cli.lines(), cli.err());
    }

    public String out() {
        return String.join("\n", lines);
    }
}
