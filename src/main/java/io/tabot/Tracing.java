package io.tabot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.trace.OtlpTracer;
import io.tabot.trace.Tracer;
import io.tabot.trace.TracingSettings;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Whether and how this process traces. */
record Tracing(Tracer tracer, Runnable close) {
    static Tracing of(Settings settings, MeterRegistry meters) {
        return settings.observe()
                .tracing()
                .map(to -> on(to, settings, meters))
                .orElseGet(() -> new Tracing(Tracer.OFF, () -> {}));
    }

    private static Tracing on(TracingSettings to, Settings settings, MeterRegistry meters) {
        if (to.looksLikeGrpc()) {
            LoggerFactory.getLogger(Tracing.class)
                    .warn("tabot.tracing.otlp-endpoint has the port of gRPC; OTLP over HTTP is spoken, mostly at 4318");
        }
        var tracer = new OtlpTracer(
                to,
                Map.of(
                        "service.version", settings.build().version(),
                        "deployment.environment.name", settings.environment()),
                meters);
        return new Tracing(tracer, tracer::close);
    }
}
