package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.access.AccessToken;
import io.tabot.access.BadTokens;
import io.tabot.access.Role;
import io.tabot.access.TokenEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Access tokens of the API. */
@Command(
        name = "token",
        synopsisSubcommandLabel = "COMMAND",
        description = "Make access tokens for the API.",
        commandListHeading = "%nCommands:%n")
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine create(OutputStream out, Supplier<Settings> settings) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandLine(new TokenCommand()).addSubcommand(new Create(print, settings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** Makes one. The token itself is said once and kept nowhere. */
    @Command(
            name = "create",
            description = "Make an access token: print it once, and add its hash to the file of tokens.",
            footer = {
                "",
                "Standard output has the token alone. A running service takes a changed file within two seconds."
                        + " To revoke a token, delete its line."
            })
    static final class Create implements Callable<Integer> {
        private final PrintStream out;
        private final Supplier<Settings> settings;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Who will hold it: what the audit shows. " + TokenEntry.NAME_FORM + ".")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                converter = Roles.class,
                description = "viewer: read. proposer: and dry runs. operator: and changes. admin: without a limit.")
        private Role role = Role.VIEWER;

        @Option(names = "--agent", description = "A program that decides by itself holds it: fewer changes an hour.")
        private boolean isAgent;

        @Option(
                names = "--environment",
                paramLabel = "NAME",
                description = "Good for this environment only. May be repeated. Default: all.")
        private Set<String> environments = new LinkedHashSet<>();

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Where to add it. Default: tabot.http.tokens-file; - prints the line instead.")
        private @Nullable String file;

        Create(PrintStream out, Supplier<Settings> settings) {
            this.out = out;
            this.settings = settings;
        }

        @Override
        public Integer call() throws IOException {
            var random = new byte[AccessToken.RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            var token = AccessToken.of(random);
            try {
                keep(TokenEntry.of(token, name, role, isAgent, environments));
            } catch (BadTokens e) {
                throw new UserError(String.valueOf(e.getMessage()));
            }
            out.println(token);
            out.flush();
            return 0;
        }

        private void keep(TokenEntry entry) throws IOException {
            var err = spec.commandLine().getErr();
            if ("-".equals(file)) {
                err.println(entry.line());
                tell(err, "add the line above to a file of tokens; the token is on standard output, only now");
                return;
            }
            var target = file == null ? configured() : Path.of(file);
            TokenFile.add(target, entry);
            tell(err, entry.name() + " is in " + target + "; the token is on standard output, only now");
        }

        private Path configured() {
            return settings.get()
                    .http()
                    .access()
                    .tokensFile()
                    .orElseThrow(() -> new UserError("which file? give --file FILE, or set tabot.http.tokens-file"
                            + " (TABOT_HTTP_TOKENS_FILE); --file - prints the line instead"));
        }

        private static void tell(PrintWriter err, String message) {
            Failures.tell(err, message);
        }
    }
}
