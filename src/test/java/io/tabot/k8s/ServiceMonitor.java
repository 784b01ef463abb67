package io.tabot.k8s;

import java.util.List;
import java.util.Map;

/** As much of monitoring.coreos.com/v1 as we use, written after its published definition. */
record ServiceMonitor(String apiVersion, String kind, Metadata metadata, Spec spec) {
    record Metadata(String name, String namespace, Map<String, String> labels) {}

    record Spec(Selector selector, List<Endpoint> endpoints, List<String> targetLabels) {}

    record Selector(Map<String, String> matchLabels) {}

    /** @param port the name of a port of the service */
    record Endpoint(String port, String path, String interval, String scrapeTimeout) {}
}
