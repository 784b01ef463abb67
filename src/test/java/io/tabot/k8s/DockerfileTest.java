package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Markdown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image as far as it can be told without building it: {@link ImageIT} runs what it holds. */
class DockerfileTest {
    private final Dockerfile dockerfile = Dockerfile.read();
    private final Manifests manifests = Manifests.ofOverlay("production");

    @Test
    void copiesOnlyWhatIsThereAndNotIgnored() {
        var letThrough = Markdown.of(".dockerignore").text().lines().toList();
        var sources = dockerfile
                .all("COPY")
                .filter(arguments -> !arguments.contains("--from="))
                .flatMap(DockerfileTest::sources)
                .toList();

        assertThat(letThrough).contains("*");
        assertThat(sources).hasSizeGreaterThan(5).allSatisfy(source -> {
            assertThat(Markdown.root().resolve(source)).exists();
            assertThat(letThrough).contains("!" + source);
        });
        assertThat(letThrough.stream().filter(line -> line.startsWith("!")))
                .containsExactlyInAnyOrderElementsOf(
                        sources.stream().map(source -> "!" + source).toList());
    }

    @Test
    void runsAsTheUserThatKubernetesRunsIt() {
        var context = manifests.pod().getSecurityContext();

        assertThat(dockerfile.last("USER")).isEqualTo(context.getRunAsUser() + ":" + context.getRunAsGroup());
        assertThat(context.getFsGroup()).isEqualTo(context.getRunAsGroup());
    }

    @Test
    void keepsItsDataWhereKubernetesMountsTheDisk() {
        var folder = manifests.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals("data"))
                .findFirst()
                .orElseThrow()
                .getMountPath();

        assertThat(dockerfile.last("ENV")).contains("TABOT_DATA_DIR=" + folder);
        assertThat(dockerfile.all("COPY"))
                .anySatisfy(arguments -> assertThat(arguments)
                        .contains("--chown=" + dockerfile.last("USER"))
                        .endsWith(" " + folder));
    }

    @Test
    void takesArgumentsInPlaceOfItsOwn() {
        assertThat(dockerfile.list("CMD")).containsExactly("run");
        assertThat(manifests.container().getCommand()).isEmpty();
        assertThat(manifests.container().getArgs()).startsWith("run");
        assertThat(dockerfile.last("EXPOSE")).isEqualTo(String.valueOf(manifests.port("http")));
    }

    @Test
    void givesTheBuildItsNameInTheSettings() {
        var settings = Markdown.of("application.conf").text();

        assertThat(dockerfile.all("ARG").filter(name -> name.endsWith("=unknown")))
                .hasSize(2)
                .allSatisfy(name -> assertThat(settings).contains("${?" + name.replace("=unknown", "") + "}"));
    }

    /** Java refuses a file of arguments with an option that it does not know. */
    @Test
    void hasOptionsThatJavaTakes() throws Exception {
        var options = Markdown.root().resolve("k8s/image/jvm.options");
        var process = new ProcessBuilder(java(), "@" + options, "-version")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("warning");
    }

    /** Half for the heap at most: classes, compiled code, buffers and threads take some 200 MiB. */
    @Test
    void leavesRoomBesideTheHeap() throws Exception {
        var options = Files.readAllLines(Markdown.root().resolve("k8s/image/jvm.options"));

        assertThat(options)
                .anyMatch(line -> line.matches("-XX:MaxRAMPercentage=(4\\d|50)"))
                .contains("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC");
    }

    @Test
    void beginsEachStageOnAnImageThatCanBeReplaced() {
        var given = dockerfile
                .all("ARG")
                .filter(argument -> argument.contains("_IMAGE="))
                .map(argument -> "${" + argument.replaceFirst("=.*", "") + "}")
                .collect(Collectors.toSet());

        assertThat(dockerfile.all("FROM").map(from -> from.split(" ")[0]))
                .hasSize(2)
                .allMatch(given::contains);
    }

    private static Stream<String> sources(String arguments) {
        var words = new ArrayList<>(Arrays.asList(arguments.split(" ")));
        words.removeLast();
        return words.stream();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
