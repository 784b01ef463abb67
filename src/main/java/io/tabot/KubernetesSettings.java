package io.tabot;

/**
 * How pods find each other through the API of Kubernetes.
 *
 * @param managementPort where a pod tells others whether it is in a cluster, on the host of the cluster alone
 * @param portName what the pods call that port
 * @param labelSelector which pods are nodes
 * @param namespace of the pods; empty for the one that this pod is in
 * @param contactPoints how many of them must be there before a new cluster is begun
 * @param serviceAccount the folder with the token for that API and the certificate of its authority
 */
public record KubernetesSettings(
        int managementPort,
        String portName,
        String labelSelector,
        String namespace,
        int contactPoints,
        String serviceAccount) {
    private static final int PORT_MAX = 65_535;
    private static final int CONTACT_POINTS_MAX = 100;

    public KubernetesSettings {
        SettingsException.unless(
                managementPort >= 1 && managementPort <= PORT_MAX,
                "cluster.kubernetes.management-port",
                managementPort,
                "1 to 65535");
        SettingsException.unless(
                contactPoints >= 1 && contactPoints <= CONTACT_POINTS_MAX,
                "cluster.kubernetes.contact-points",
                contactPoints,
                "1 to 100");
        SettingsException.unless(
                !labelSelector.isBlank() && !labelSelector.contains("%"),
                "cluster.kubernetes.label-selector",
                labelSelector,
                "a label selector such as app=ta-bot");
        SettingsException.unless(!portName.isBlank(), "cluster.kubernetes.port-name", portName, "the name of a port");
    }
}
