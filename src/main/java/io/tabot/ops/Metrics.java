package io.tabot.ops;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The one registry of meters. Ours are named {@code ta_bot_...}; those of the JVM keep the names that dashboards know.
 */
public final class Metrics implements AutoCloseable {
    /** The text format that Prometheus scrapes. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Metrics() {
        List.<MeterBinder>of(
                        collections,
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new FileDescriptorMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * Counts that are kept elsewhere, and asked for when somebody reads the meters.
     *
     * @param name without the suffix that counters get
     * @param counts by the values of the labels, in their order; none may ever sink
     */
    public void count(String name, String description, List<String> labels, Supplier<Map<List<String>, Long>> counts) {
        var names = labels.toArray(String[]::new);
        registry.getPrometheusRegistry().register(() -> {
            var snapshot = CounterSnapshot.builder().name(name).help(description);
            counts.get()
                    .forEach((values, count) -> snapshot.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(Labels.of(names, values.toArray(String[]::new)))
                            .value(count)
                            .build()));
            return snapshot.build();
        });
    }

    /** Every meter as Prometheus reads it. */
    public String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
