package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alert rules in the shape that the operator of Prometheus reads: bin/update-docs makes them of the plain ones. */
class PrometheusRuleTest {
    private static final Path RULES = Markdown.root().resolve("observability/alerts.yaml");
    private static final Path WRAPPED = Markdown.root().resolve("k8s/components/monitoring/prometheus-rule.yaml");
    private static final String HEAD = """
            # The rules of observability/alerts.yaml. Made by bin/update-docs: change them there.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: petrosa-ta-bot
              labels:
                app: petrosa-ta-bot
            spec:
            """;

    @Test
    void hasEveryRuleAsItIs() throws IOException {
        assumeTrue(Files.exists(RULES), "there are no rules yet");
        var wrapped = Files.readString(RULES)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.isEmpty() ? line : "  " + line)
                .collect(Collectors.joining("\n", HEAD, "\n"));
        if (Boolean.getBoolean("tabot.update-docs")) {
            Files.writeString(WRAPPED, wrapped);
        }

        assertThat(WRAPPED).as("run bin/update-docs").hasContent(wrapped);
        assertThat(Manifests.ofOverlay("production")
                        .the(PrometheusRule.class)
                        .spec()
                        .groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.rules()).isNotEmpty());
    }
}
