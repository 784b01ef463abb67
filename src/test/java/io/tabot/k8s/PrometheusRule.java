package io.tabot.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** As much of monitoring.coreos.com/v1 as we use, written after its published definition. */
record PrometheusRule(String apiVersion, String kind, ServiceMonitor.Metadata metadata, Spec spec) {
    record Spec(List<Group> groups) {}

    record Group(String name, String interval, List<Rule> rules) {}

    /** Either a recording rule or an alert. */
    record Rule(
            String record,
            String alert,
            String expr,
            @JsonProperty("for") String duration,
            @JsonProperty("keep_firing_for") String keepFiringFor,
            Map<String, String> labels,
            Map<String, String> annotations) {}
}
