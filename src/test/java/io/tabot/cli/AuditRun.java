package io.tabot.cli;

import java.util.List;
import java.util.stream.Stream;

/** The audit command as a shell runs it, for tests of what it speaks to. */
public record AuditRun(int exitCode, List<String> lines, String err) {
    public static AuditRun of(Object... arguments) {
        var all = Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray();
        var cli = Cli.run(all);
        return new AuditRun(cli.exitCode(), cli.lines(), cli.err());
    }
}
