package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.tabot.testing.Markdown;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the cluster of the production overlay needs beyond one node. */
class ProductionTest {
    /** What the ecosystem's own ConfigMap and Secret have, of which we may use some. */
    private static final Set<String> COMMON_CONFIG = Set.of("ENVIRONMENT", "LOG_LEVEL", "NATS_URL", "NATS_ENABLED");

    private static final Set<String> CREDENTIALS = Set.of(
            "MYSQL_URI",
            "mongodb-connection-string",
            "MONGODB_DATABASE",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "JWT_SECRET_KEY");

    private final Manifests manifests = Manifests.ofOverlay("production");

    @Test
    void scalesTheStatefulSetBetweenAMajorityAndTenShardsANode() {
        var scaler = manifests.the(HorizontalPodAutoscaler.class);
        var target = scaler.getSpec().getScaleTargetRef();

        assertThat(scaler.getMetadata().getName()).isEqualTo("petrosa-ta-bot-hpa");
        assertThat(target.getApiVersion() + " " + target.getKind() + " " + target.getName())
                .isEqualTo("apps/v1 StatefulSet "
                        + manifests.statefulSet().getMetadata().getName());
        assertThat(scaler.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(3);
        assertThat(scaler.getSpec().getMaxReplicas()).isBetween(3, 10);
        assertThat(manifests.statefulSet().getSpec().getReplicas()).isNull();
    }

    @Test
    void scalesByProcessorAndNotByAHeapThatNeverShrinks() {
        assertThat(manifests.the(HorizontalPodAutoscaler.class).getSpec().getMetrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.getResource().getName()).isEqualTo("cpu"));
        assertThat(manifests.container().getResources().getRequests()).containsKey("cpu");
    }

    @Test
    void loosesOneNodeAtATimeAtMost() {
        assertThat(manifests
                        .the(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(manifests.statefulSet().getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
        assertThat(manifests.pod().getTopologySpreadConstraints()).anySatisfy(constraint -> {
            assertThat(constraint.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
            assertThat(constraint.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule");
            assertThat(manifests.podLabels())
                    .containsAllEntriesOf(constraint.getLabelSelector().getMatchLabels());
        });
    }

    @Test
    void listsPodsAndMayDoNothingElse() {
        var binding = manifests.the(RoleBinding.class);
        var role = manifests.the(Role.class);

        assertThat(binding.getRoleRef().getKind() + " " + binding.getRoleRef().getName())
                .isEqualTo("Role " + role.getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getName())
                    .isEqualTo(manifests.the(ServiceAccount.class).getMetadata().getName());
            assertThat(subject.getNamespace()).isEqualTo(Manifests.NAMESPACE);
        });
        assertThat(role.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getApiGroups()).containsExactly("");
            assertThat(rule.getResources()).containsExactly("pods");
            assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "watch");
        });
        assertThat(manifests.pod().getAutomountServiceAccountToken()).isTrue();
    }

    @Test
    void namesTheNodesByAServiceWithoutAnAddress() {
        var nodes = manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata()
                        .getName()
                        .equals(manifests.statefulSet().getSpec().getServiceName()))
                .findFirst()
                .orElseThrow();

        assertThat(nodes.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(nodes.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(nodes.getSpec().getPorts())
                .allSatisfy(port -> assertThat(port.getPort())
                        .isEqualTo(manifests.port(port.getTargetPort().getStrVal())))
                .extracting(ServicePort::getName)
                .containsExactlyInAnyOrder("http", "management", "remoting");
    }

    @Test
    void takesFromTheEcosystemWhatItHas() {
        var keys = referenced();

        assertThat(keys.get("petrosa-common-config")).isSubsetOf(COMMON_CONFIG);
        assertThat(keys.get("petrosa-sensitive-credentials")).isSubsetOf(CREDENTIALS);
    }

    @Test
    void showsEveryKeyOfTheSecretsItNeeds() {
        var shown = new HashMap<String, Set<String>>();
        for (var secret : example()) {
            var name = secret.getMetadata().getName();
            shown.put(
                    name.replace("REPLACE-", ""), new TreeSet<>(secret.getData().keySet()));
        }
        var needed = referenced();
        needed.remove("petrosa-common-config");

        assertThat(shown).isEqualTo(needed);
    }

    /** Kubernetes takes no capital letters in names, and no data that are not base64. */
    @Test
    void showsSecretsThatCanNotBeApplied() {
        assertThat(example()).isNotEmpty().allSatisfy(secret -> {
            assertThat(secret.getMetadata().getName()).doesNotMatch("[a-z0-9.-]+");
            assertThat(secret.getData().values())
                    .allSatisfy(value -> assertThatThrownBy(
                                    () -> Base64.getDecoder().decode(value))
                            .isInstanceOf(IllegalArgumentException.class));
        });
    }

    @Test
    void monitorsEachNodeOnce() {
        var monitor = manifests.the(ServiceMonitor.class);
        var selected = manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(monitor.spec().selector().matchLabels().entrySet()))
                .toList();

        assertThat(monitor.metadata().namespace()).isEqualTo(Manifests.NAMESPACE);
        assertThat(selected).singleElement().satisfies(service -> {
            assertThat(service.getSpec().getPorts())
                    .extracting(ServicePort::getName)
                    .contains(monitor.spec().endpoints().getFirst().port());
            assertThat(service.getMetadata().getLabels())
                    .containsKeys(monitor.spec().targetLabels().toArray(String[]::new));
        });
        assertThat(monitor.spec().endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.path()).isEqualTo("/metrics"));
    }

    private static List<Secret> example() {
        return Manifests.ofFile(Markdown.root().resolve("k8s/secrets.example.yaml"))
                .all(Secret.class);
    }

    /** The keys that the pod takes from each ConfigMap and Secret that are not rendered here. */
    private Map<String, Set<String>> referenced() {
        var keys = new HashMap<String, Set<String>>();
        manifests.container().getEnv().stream()
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .forEach(source -> {
                    if (source.getSecretKeyRef() != null) {
                        var secret = source.getSecretKeyRef();
                        keys.computeIfAbsent(secret.getName(), name -> new TreeSet<>())
                                .add(secret.getKey());
                    }
                    if (source.getConfigMapKeyRef() != null) {
                        var map = source.getConfigMapKeyRef();
                        keys.computeIfAbsent(map.getName(), name -> new TreeSet<>())
                                .add(map.getKey());
                    }
                });
        keys.putAll(mountedFiles());
        return keys;
    }

    /** The files that the settings want in folders where Secrets are mounted. */
    private Map<String, Set<String>> mountedFiles() {
        var files = new HashMap<String, Set<String>>();
        for (var volume : manifests.pod().getVolumes()) {
            if (volume.getSecret() != null) {
                var mount = manifests.container().getVolumeMounts().stream()
                        .filter(candidate -> candidate.getName().equals(volume.getName()))
                        .findFirst()
                        .orElseThrow();
                files.put(volume.getSecret().getSecretName(), filesIn(mount.getMountPath()));
            }
        }
        return files;
    }

    private Set<String> filesIn(String folder) {
        var found = new TreeSet<String>();
        var matcher = Pattern.compile("[ \"]" + folder + "/([\\w.-]+)").matcher(manifests.applicationConf());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
