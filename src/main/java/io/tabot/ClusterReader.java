package io.tabot;

import java.nio.file.Path;

/** From keys to the settings of the cluster. */
final class ClusterReader {
    private final SettingsReader reader;
    private final Path home;

    /** @param home where relative paths start */
    ClusterReader(SettingsReader reader, Path home) {
        this.reader = reader;
        this.home = home;
    }

    ClusterSettings settings() {
        return new ClusterSettings(
                reader.flag("cluster.enabled"),
                reader.oneOf("cluster.bootstrap", ClusterSettings.Bootstrap.class),
                reader.text("cluster.host"),
                reader.integer("cluster.port"),
                reader.list("cluster.seed-nodes"),
                reader.integer("cluster.shards"),
                new TlsAssembly(reader, home).settings("cluster.tls"),
                new KubernetesSettings(
                        reader.integer("cluster.kubernetes.management-port"),
                        reader.text("cluster.kubernetes.port-name"),
                        reader.text("cluster.kubernetes.label-selector"),
                        reader.text("cluster.kubernetes.namespace"),
                        reader.integer("cluster.kubernetes.contact-points"),
                        reader.text("cluster.kubernetes.service-account")));
    }
}
