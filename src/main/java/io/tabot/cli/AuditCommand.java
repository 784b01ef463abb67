package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.cli.ServiceAddress.Surroundings;
import io.tabot.config.ChainCheck;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.ConfigFormatException;
import io.tabot.config.NotedHeads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The history of the configuration, as one chain of changes. */
@Command(
        name = "audit",
        synopsisSubcommandLabel = "COMMAND",
        description = "Verify or export the history of the configuration.",
        commandListHeading = "%nCommands:%n")
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private AuditCommand() {}

    static CommandLine create(OutputStream out, Surroundings surroundings) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new Verify(out, surroundings))
                .addSubcommand(new Export(out, surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Verify or export?");
    }

    /** Ends with 0 when every link holds, and with 1 when one is broken. */
    @Command(
            name = "verify",
            description = "Walk the chain of changes and tell the hash of the newest, or the first broken link.")
    private static final class Verify implements Callable<Integer> {
        private final OutputStream out;

        @Mixin
        private ServiceAddress service;

        @Option(
                names = "--file",
                paramLabel = "FILE.jsonl",
                description = "Verify what audit export wrote, without a service.")
        private @Nullable Path file;

        @Option(
                names = "--head",
                paramLabel = "HASH",
                description = "The hash that the newest change must have: one that was noted earlier, elsewhere.")
        private @Nullable String head;

        @Option(
                names = "--expect",
                paramLabel = "REVISION:HASH",
                split = ",",
                description = "A hash that was noted earlier, elsewhere, and that this change must have; repeatable.")
        private List<String> expect = List.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Verify(OutputStream out, Surroundings surroundings) {
            this.out = out;
            this.service = new ServiceAddress(surroundings);
        }

        @Override
        public Integer call() throws IOException {
            var expected = NotedHeads.parse(expect)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--expect takes " + NotedHeads.FORM + ", not " + expect));
            var verdict = file == null ? ofService() : ofFile(file, expected);
            if (verdict.broken() == null && head != null && !head.equals(verdict.headHash())) {
                verdict = new Verdict(
                        verdict.revision(),
                        verdict.headHash(),
                        "the newest change, revision " + verdict.revision() + ", has the hash " + verdict.headHash());
            }
            var print = new PrintStream(out, true, StandardCharsets.UTF_8);
            print.println(verdict.text());
            return verdict.broken() == null ? ExitCode.OK : ExitCode.SOFTWARE;
        }

        private Verdict ofService() throws IOException {
            try (var body = service.get(path())) {
                return Verdict.of(new ObjectMapper().readTree(body).path("data"));
            }
        }

        private String path() {
            var path = "/api/v1/audit/verify";
            return expect.isEmpty() ? path : path + "?expect=" + String.join(",", expect);
        }

        private static Verdict ofFile(Path file, Map<Long, String> expected) {
            var check = new ChainCheck(expected);
            try (var lines = Files.lines(file)) {
                lines.takeWhile(_ -> check.broken().isEmpty()).forEach(line -> check.add(ConfigEventJson.read(line)));
            } catch (ConfigFormatException e) {
                var message = "after revision " + check.revision() + " there is no change: " + e.getMessage();
                return new Verdict(check.revision(), check.headHash(), message);
            } catch (IOException | UncheckedIOException e) {
                throw new UserError(file + " can't be read: " + e);
            }
            var message = check.brokenAtEnd().map(found -> found.message()).orElse(null);
            return new Verdict(check.revision(), check.headHash(), message);
        }
    }

    /** What came of walking the chain; of a broken one, how far it was sound. */
    private record Verdict(
            long revision, String headHash, @Nullable String broken) {
        static Verdict of(JsonNode data) {
            var broken = data.path("broken");
            return new Verdict(
                    data.path("revision").asLong(),
                    data.path("head_hash").asText(),
                    broken.isObject() ? broken.path("message").asText() : null);
        }

        String text() {
            return broken == null
                    ? "sound: " + revision + " changes, head " + headHash
                    : "BROKEN: " + broken + "; sound up to revision " + revision + ", " + headHash;
        }
    }

    /** A file that is cut short does not end the command well. */
    @Command(name = "export", description = "Write the history as it is stored to standard output, a change a line.")
    private static final class Export implements Callable<Integer> {
        private final OutputStream out;

        @Mixin
        private ServiceAddress service;

        Export(OutputStream out, Surroundings surroundings) {
            this.out = out;
            this.service = new ServiceAddress(surroundings);
        }

        @Override
        public Integer call() throws IOException {
            try (var body = service.get("/api/v1/audit/export")) {
                var buffer = new byte[1 << 16];
                for (var count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                    out.write(buffer, 0, count);
                }
                out.flush();
            }
            return ExitCode.OK;
        }

        private static int read(java.io.InputStream body, byte[] buffer) {
            try {
                return body.read(buffer);
            } catch (IOException e) {
                throw new UserError("the export was cut short: " + e);
            }
        }
    }
}
