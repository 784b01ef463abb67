package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both overlays have in common: every name in them leads somewhere, and nothing is granted that is not needed. */
class ManifestsTest {
    private static final Map<String, String> LABEL = Map.of("app", "petrosa-ta-bot");

    static List<Manifests> overlays() {
        return List.of(Manifests.ofOverlay("dev"), Manifests.ofOverlay("production"));
    }

    @Test
    void refusesFieldsThatKubernetesDoesNotKnow() {
        var object = Kustomize.documents(Markdown.root().resolve("k8s/base/stateful-set.yaml"))
                .getFirst();
        ((ObjectNode) object.at("/spec/template/spec/containers/0/livenessProbe/httpGet")).put("pth", "/live");

        assertThatThrownBy(() -> Manifests.typed(object)).hasMessageContaining("\"pth\"");
    }

    @Test
    void refusesKindsThatItHasNoTypeFor() {
        var object = Kustomize.documents(Markdown.root().resolve("k8s/base/stateful-set.yaml"))
                .getFirst()
                .put("kind", "ReplicaSet");

        assertThatThrownBy(() -> Manifests.typed(object)).hasMessageContaining("apps/v1 ReplicaSet");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void putsEverythingIntoTheNamespaceWithTheLabelOfTheService(Manifests manifests) {
        assertThat(manifests.all(HasMetadata.class))
                .hasSizeGreaterThan(6)
                .allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                        .as(object.getKind())
                        .isEqualTo(Manifests.NAMESPACE));
        assertThat(manifests.all(HasMetadata.class))
                .filteredOn(object -> !(object instanceof ConfigMap))
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .as(object.getKind())
                        .containsAllEntriesOf(LABEL));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void selectsThePodsEverywhere(Manifests manifests) {
        var selectors = Stream.of(
                        manifests.all(Service.class).stream()
                                .map(service -> service.getSpec().getSelector()),
                        manifests.all(NetworkPolicy.class).stream()
                                .map(policy -> policy.getSpec().getPodSelector().getMatchLabels()),
                        Stream.of(
                                manifests.statefulSet().getSpec().getSelector().getMatchLabels(),
                                manifests
                                        .the(PodDisruptionBudget.class)
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels()))
                .flatMap(maps -> maps)
                .toList();

        assertThat(selectors).hasSizeGreaterThanOrEqualTo(5).containsOnly(LABEL);
        assertThat(manifests.podLabels()).containsAllEntriesOf(LABEL);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void offersTheServiceThatCallersKnow(Manifests manifests) {
        var service = manifests.all(Service.class).stream()
                .filter(candidate -> candidate.getMetadata().getName().equals("petrosa-ta-bot-service"))
                .findFirst()
                .orElseThrow();

        assertThat(service.getSpec().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getPort()).isEqualTo(80);
            assertThat(manifests.port(port.getTargetPort().getStrVal())).isEqualTo(8000);
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void namesOnlyPortsThatTheContainerHas(Manifests manifests) {
        var ports = manifests.container().getPorts().stream()
                .map(ContainerPort::getName)
                .collect(Collectors.toSet());
        var services = manifests.all(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(port -> port.getTargetPort().getStrVal());
        var probes = probes(manifests).map(get -> get.getPort().getStrVal());
        var ingress = ingress(manifests).map(IntOrString::getStrVal);

        assertThat(Stream.of(services, probes, ingress).flatMap(names -> names).toList())
                .hasSizeGreaterThan(4)
                .allMatch(ports::contains);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void letsTrafficInToEveryPort(Manifests manifests) {
        assertThat(ingress(manifests).map(IntOrString::getStrVal).distinct())
                .containsExactlyInAnyOrderElementsOf(manifests.container().getPorts().stream()
                        .map(ContainerPort::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void letsTrafficInFromNamedPeersOnly(Manifests manifests) {
        assertThat(manifests.all(NetworkPolicy.class)).allSatisfy(policy -> {
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isNotEmpty().allSatisfy(rule -> {
                assertThat(rule.getFrom()).isNotEmpty();
                assertThat(rule.getPorts()).isNotEmpty();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void letsTheServiceReachWhatItUses(Manifests manifests) {
        assertThat(manifests.all(NetworkPolicy.class).stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(NetworkPolicyPort::getPort)
                        .map(IntOrString::getIntVal))
                .contains(53, 4222, 3306, 27017, 4317, 4318);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probesRoutesThatExistAndNeedNoToken(Manifests manifests) throws IOException {
        var routes = new ObjectMapper()
                .readTree(Markdown.root()
                        .resolve("src/main/resources/openapi.json")
                        .toFile())
                .path("paths");

        assertThat(probes(manifests).map(HTTPGetAction::getPath)).containsExactly("/health", "/live", "/ready");
        assertThat(Stream.concat(probes(manifests).map(HTTPGetAction::getPath), Stream.of(scraped(manifests))))
                .allSatisfy(path -> {
                    assertThat(routes.path(path).has("get")).as(path).isTrue();
                    assertThat(routes.path(path).path("get").path("security")).isEmpty();
                });
    }

    private static String scraped(Manifests manifests) {
        var annotations =
                manifests.statefulSet().getSpec().getTemplate().getMetadata().getAnnotations();
        assertThat(annotations)
                .containsEntry("prometheus.io/scrape", "true")
                .containsEntry("prometheus.io/port", String.valueOf(manifests.port("http")));
        return annotations.get("prometheus.io/path");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void mountsEachVolumeOnceAndNoOther(Manifests manifests) {
        var pod = manifests.pod();
        var volumes = Stream.concat(
                pod.getVolumes().stream().map(volume -> volume.getName()),
                manifests.statefulSet().getSpec().getVolumeClaimTemplates().stream()
                        .map(claim -> claim.getMetadata().getName()));

        assertThat(manifests.container().getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(volumes.toList());
        assertThat(manifests.container().getVolumeMounts().stream().map(VolumeMount::getMountPath))
                .doesNotHaveDuplicates();
    }

    /** Nothing else can be written: the root of the container is read-only. */
    @ParameterizedTest
    @MethodSource("overlays")
    void writesToTheDiskOfTheNodeAndTheTemporaryFolderOnly(Manifests manifests) {
        assertThat(manifests.container().getVolumeMounts().stream()
                        .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                        .map(VolumeMount::getMountPath))
                .containsExactlyInAnyOrder("/var/lib/ta-bot", "/tmp");
        assertThat(manifests.statefulSet().getSpec().getVolumeClaimTemplates())
                .singleElement()
                .satisfies(claim -> assertThat(claim.getMetadata().getName()).isEqualTo("data"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void givesTheProcessNoRights(Manifests manifests) {
        var pod = manifests.pod();
        var context = manifests.container().getSecurityContext();

        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getPrivileged()).isNull();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getServiceAccountName())
                .isEqualTo(manifests.the(ServiceAccount.class).getMetadata().getName());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void asksForAllTheMemoryThatItMayTake(Manifests manifests) {
        var resources = manifests.container().getResources();

        assertThat(resources.getLimits().get("memory")).hasToString("512Mi");
        assertThat(resources.getRequests().get("memory"))
                .isEqualTo(resources.getLimits().get("memory"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void labelsThePodsWithTheVersionOfTheImage(Manifests manifests) {
        var image = manifests.container().getImage();
        var version = manifests.podLabels().get("version");

        assertThat(image).isEqualTo("yurisa2/petrosa-bot-ta-analysis:" + version);
        assertThat(version).matches("[0-9A-Za-z]([-_.0-9A-Za-z]{0,61}[0-9A-Za-z])?");
        assertThat(Markdown.of("pom.xml").text()).contains("<version>" + version + "</version>");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void hasNoSecretsInIt(Manifests manifests) {
        assertThat(manifests.all(Secret.class)).isEmpty();
    }

    static Stream<HTTPGetAction> probes(Manifests manifests) {
        var container = manifests.container();
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(Probe::getHttpGet);
    }

    private static Stream<IntOrString> ingress(Manifests manifests) {
        return manifests.all(NetworkPolicy.class).stream()
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(NetworkPolicyPort::getPort);
    }
}
