package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the image holds, put together by the script of the Dockerfile and run by its command line, with the settings and
 * arguments of the overlay dev. The cache of the JVM is left out: it takes a minute, and none must be needed.
 */
class ImageIT {
    private static final Pattern ADDRESS = Pattern.compile("http://[^/]+(?=/api/v1/config)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path temporary;

    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void answersTheProbesOfKubernetesAndEndsWhenTold() throws Exception {
        var manifests = Manifests.ofOverlay("dev");
        var image = temporary.resolve("image");
        assemble(image);
        assertThat(modules(image))
                .contains("java.sql", "jdk.naming.dns", "jdk.jcmd")
                .doesNotContain("jdk.compiler");

        var output = start(image, manifests);
        var address = addressIn(output);

        assertThat(ManifestsTest.probes(manifests).map(HTTPGetAction::getPath).toList())
                .hasSize(3)
                .allSatisfy(path -> Awaitility.await(path)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(status(address + path)).isEqualTo(200)));
        assertThat(temporary.resolve("data/journal.mv.db")).exists();
        process.destroy();
        assertThat(process.waitFor(manifests.pod().getTerminationGracePeriodSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void assemble(Path image) throws Exception {
        var script = Markdown.root().resolve("k8s/image/assemble").toString();
        var log = temporary.resolve("assemble.log");
        var builder = new ProcessBuilder(script, image.toString(), "--without-cache")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process = builder.start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    private static String modules(Path image) throws Exception {
        var list = new ProcessBuilder(image.resolve("runtime/bin/java").toString(), "--list-modules").start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** As Kubernetes would, but for the port and for where things are. */
    private Path start(Path image, Manifests manifests) throws IOException {
        Files.writeString(temporary.resolve("application.conf"), manifests.applicationConf());
        var output = temporary.resolve("output");
        var builder = new ProcessBuilder(command(image, manifests.container().getArgs()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        manifests
                .container()
                .getEnv()
                .forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
        builder.environment().put("TABOT_DATA_DIR", temporary.resolve("data").toString());
        builder.environment().put("TABOT_HTTP_PORT", "0");
        process = builder.start();
        return output;
    }

    private List<String> command(Path image, List<String> arguments) {
        var command = new ArrayList<>(Dockerfile.read().list("ENTRYPOINT"));
        command.replaceAll(word -> word.replace("/opt/ta-bot", image.toString()));
        arguments.forEach(argument -> command.add(argument.replace("/etc/ta-bot", temporary.toString())));
        return command;
    }

    private String addressIn(Path output) {
        return Awaitility.await("start")
                .atMost(PATIENCE)
                .until(
                        () -> {
                            var text = Files.readString(output);
                            assertThat(process.isAlive()).as(text).isTrue();
                            var found = ADDRESS.matcher(text);
                            return found.find() ? found.group() : "";
                        },
                        address -> !address.isEmpty())
                .replace("0.0.0.0", "127.0.0.1");
    }

    private static int status(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
