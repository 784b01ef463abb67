package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tabot.k8s.Manifests;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service reads its settings from what each overlay of k8s/ gives a container, and they fit the container. */
class ManifestSettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\?(\\w+)}");
    /** What the names lead to, in a cluster that is not here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "TABOT_CLUSTER_HOST", "10.1.2.3",
            "ENVIRONMENT", "production",
            "LOG_LEVEL", "INFO",
            "NATS_URL", "nats://nats-server.nats.svc.cluster.local:4222",
            "MYSQL_URI", "mysql+pymysql://ta:s3cret@mysql.example:3306/petrosa",
            "MONGODB_URI", "mongodb+srv://ta:s3cret@mongo.example/",
            "MONGODB_DATABASE", "petrosa",
            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cret");

    @TempDir
    static Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void givesOnlyVariablesThatAreRead(String overlay) {
        var read = VARIABLE.matcher(Markdown.of("application.conf").text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(Manifests.ofOverlay(overlay).container().getEnv())
                .isNotEmpty()
                .extracting(EnvVar::getName)
                .isSubsetOf(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void listensWhereThePortsAreAndWritesWhereItMay(String overlay) throws IOException {
        var manifests = Manifests.ofOverlay(overlay);
        var settings = settings(manifests);

        assertThat(settings.http().port()).isEqualTo(manifests.port("http"));
        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(manifests.container().getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("data"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly(settings.dataDir().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void isGivenTheTimeToEnd(String overlay) throws IOException {
        var manifests = Manifests.ofOverlay(overlay);
        var stop = new ClusterAssembly(settings(manifests)).stopTimeout();
        var before =
                manifests.container().getLifecycle().getPreStop().getSleep().getSeconds();

        assertThat(manifests.pod().getTerminationGracePeriodSeconds()).isGreaterThan(before + stop.toSeconds());
    }

    @Test
    void readsItsFileFromTheConfigMap() {
        var container = Manifests.ofOverlay("production").container();

        assertThat(container.getArgs()).containsExactly("run", "--config-file", "/etc/ta-bot/application.conf");
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("config"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/etc/ta-bot");
    }

    @Test
    void replaysTheDemoInDev() throws IOException {
        var settings = settings(Manifests.ofOverlay("dev"));

        assertThat(settings.nats()).isEmpty();
        assertThat(settings.cluster().enabled()).isFalse();
    }

    @Test
    void isAClusterInProductionThatCanWork() throws IOException {
        var manifests = Manifests.ofOverlay("production");
        var settings = settings(manifests);

        assertThat(settings.cluster().enabled()).isTrue();
        assertThat(settings.cluster().port()).isEqualTo(manifests.port("remoting"));
        assertThat(settings.cluster().host()).isEqualTo("10.1.2.3");
        assertThat(settings.journals().names()).containsExactly("mongodb", "mysql");
        assertThatCode(() -> new ClusterAssembly(settings).check()).doesNotThrowAnyException();
    }

    /** It asks for the pods with its label, and these at the port that they have for it; two of three are enough. */
    @Test
    void findsItsOwnPods() throws IOException {
        var manifests = Manifests.ofOverlay("production");
        var label = "app=" + manifests.podLabels().get("app");

        assertThat(settings(manifests).source().describe())
                .contains(
                        "tabot.cluster.bootstrap = kubernetes",
                        "tabot.cluster.kubernetes.label-selector = " + label,
                        "tabot.cluster.kubernetes.port-name = management",
                        "tabot.cluster.kubernetes.management-port = " + manifests.port("management"),
                        "tabot.cluster.kubernetes.contact-points = 2");
    }

    private Settings settings(Manifests manifests) throws IOException {
        var environment = manifests.container().getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable ->
                                variable.getValue() == null ? ELSEWHERE.get(variable.getName()) : variable.getValue()));
        Files.writeString(temporary.resolve("tokens"), "ops admin sha256:" + "0".repeat(64) + "\n");
        makeKey(temporary.resolve("nodes.p12"));
        Files.writeString(temporary.resolve("password"), "s3cret");
        var file = Files.writeString(
                temporary.resolve("application.conf"),
                manifests.applicationConf().replaceAll("/etc/ta-bot-\\w+", temporary.toString()));
        return Settings.load(environment, new Properties(), file);
    }

    private static void makeKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "node",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=ta-bot",
                            "-storepass",
                            "s3cret",
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(keytool.onExit().join().exitValue()).isZero();
        }
    }
}
