package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;

/** What the cluster's settings mean to Pekko: where nodes listen for each other, and how they find and trust others. */
final class RemotingConfig {
    private static final String TLS = "pekko.remote.artery.ssl.config-ssl-engine.";
    private static final String BOOTSTRAP = "pekko.management.cluster.bootstrap.contact-point-discovery.";
    private static final String API = "pekko.discovery.kubernetes-api.";

    private RemotingConfig() {}

    /** @throws StartException if the password of the keystore can't be read */
    static Config of(ClusterSettings cluster) {
        var values = new HashMap<String, Object>(Map.of(
                "pekko.remote.artery.canonical.hostname", cluster.host(),
                "pekko.remote.artery.canonical.port", cluster.port(),
                "pekko.remote.artery.bind.hostname", cluster.host(),
                "pekko.cluster.sharding.number-of-shards", cluster.shards()));
        cluster.tls().ifPresent(tls -> values.putAll(encrypted(tls)));
        switch (cluster.bootstrap()) {
            // They are joined by ClusterEntry.
            case SEEDS -> {}
            case KUBERNETES -> values.putAll(found(cluster.host(), cluster.kubernetes()));
        }
        return ConfigFactory.parseMap(values);
    }

    /** The nodes trust the certificates of the very file that holds their own: there is one thing to hand out. */
    private static Map<String, Object> encrypted(TlsSettings tls) {
        var file = tls.keystore().toString();
        var password = TlsAssembly.password(tls, ClusterAssembly.TLS);
        return Map.of(
                "pekko.remote.artery.transport",
                "tls-tcp",
                TLS + "key-store",
                file,
                TLS + "key-store-password",
                password,
                TLS + "key-password",
                password,
                TLS + "trust-store",
                file,
                TLS + "trust-store-password",
                password,
                TLS + "require-mutual-authentication",
                true);
    }

    private static Map<String, Object> found(String host, KubernetesSettings kubernetes) {
        var values = new HashMap<String, Object>(Map.of(
                "pekko.management.http.hostname",
                host,
                "pekko.management.http.port",
                kubernetes.managementPort(),
                "pekko.management.http.bind-hostname",
                host,
                "pekko.management.http.bind-port",
                kubernetes.managementPort(),
                BOOTSTRAP + "discovery-method",
                "kubernetes-api",
                BOOTSTRAP + "service-name",
                Main.SYSTEM,
                BOOTSTRAP + "port-name",
                kubernetes.portName(),
                BOOTSTRAP + "required-contact-point-nr",
                kubernetes.contactPoints()));
        values.put(API + "pod-label-selector", kubernetes.labelSelector());
        values.put(API + "api-ca-path", kubernetes.serviceAccount() + "/ca.crt");
        values.put(API + "api-token-path", kubernetes.serviceAccount() + "/token");
        values.put(API + "pod-namespace-path", kubernetes.serviceAccount() + "/namespace");
        if (!kubernetes.namespace().isEmpty()) {
            values.put(API + "pod-namespace", kubernetes.namespace());
        }
        return values;
    }
}
