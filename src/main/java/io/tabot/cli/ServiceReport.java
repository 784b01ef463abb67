package io.tabot.cli;

import io.tabot.cli.ServiceAddress.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command about the configuration of a running service, and how each tells what came of it. */
final class ServiceReport {
    /** Not a print stream, which hides that nobody reads any more. */
    private final OutputStream out;

    @Mixin
    private ServiceAddress service;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Print the service's answer as it is, a refusal too.")
    private boolean isJson;

    ServiceReport(OutputStream out, Surroundings surroundings) {
        this.out = out;
        this.service = new ServiceAddress(surroundings);
    }

    ServiceAddress service() {
        return service;
    }

    /**
     * Prints an answer: what was done to standard output, a refusal to standard error; the exit code.
     *
     * @param text of what was done, for people
     */
    int tell(ServiceAnswer answer, Function<ServiceAnswer, String> text) throws IOException {
        return tell(answer, text, UnaryOperator.identity());
    }

    private int tell(ServiceAnswer answer, Function<ServiceAnswer, String> text, UnaryOperator<String> place)
            throws IOException {
        if (isJson) {
            print(answer.envelope().toPrettyString() + "\n");
        } else if (answer.isDone()) {
            print(text.apply(answer));
        } else {
            refused(answer, place);
        }
        return answer.isDone() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /**
     * The same of a change, which has failed too where it was to be waited for and is not in force everywhere.
     *
     * @param what was to be changed
     */
    int changed(ServiceAnswer answer, String what) throws IOException {
        return changed(answer, what, UnaryOperator.identity());
    }

    /** @param place the field of an error, in the words of the command */
    int changed(ServiceAnswer answer, String what, UnaryOperator<String> place) throws IOException {
        var code = tell(answer, done -> ChangeText.of(done, what), place);
        return answer.metadata().path("applied").path("stragglers").isEmpty() ? code : ExitCode.SOFTWARE;
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void refused(ServiceAnswer answer, UnaryOperator<String> place) {
        var err = command.commandLine().getErr();
        err.print(RefusalText.of(answer, place));
        err.flush();
    }
}
