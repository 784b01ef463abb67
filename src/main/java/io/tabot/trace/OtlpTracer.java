package io.tabot.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Spans by OpenTelemetry, sent to a collector by OTLP over HTTP. */
public final class OtlpTracer implements Tracer, AutoCloseable {
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

    /** It writes a line an export to stderr by itself; held here, or the level would be forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final TextMapGetter<TraceContext> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(TraceContext carrier) {
            return List.of(TraceContext.TRACEPARENT, TraceContext.TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return key.equals(TraceContext.TRACEPARENT)
                    ? carrier.traceparent()
                    : key.equals(TraceContext.TRACESTATE) ? carrier.tracestate() : null;
        }
    };

    private final SdkTracerProvider provider;
    private final SpanQueue queue;
    private final io.opentelemetry.api.trace.Tracer tracer;

    /** @param about this process, by the names that OpenTelemetry has for it */
    public OtlpTracer(TracingSettings settings, Map<String, String> about, MeterRegistry meters) {
        LIBRARY.setLevel(Level.OFF);
        var exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.traces()).setTimeout(EXPORT_TIMEOUT);
        settings.headers().forEach(exporter::addHeader);
        this.queue = new SpanQueue(exporter.build(), settings.queue(), meters);
        var attributes = Attributes.builder().put("service.name", settings.serviceName());
        about.forEach(attributes::put);
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(attributes.build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
                .addSpanProcessor(queue)
                .build();
        this.tracer = provider.get("io.tabot");
    }

    @Override
    public Span start(String name, Kind kind, @Nullable TraceContext parent) {
        var context = W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, GETTER);
        return new Recorded(tracer.spanBuilder(name)
                .setParent(context)
                .setSpanKind(
                        switch (kind) {
                            case SERVER -> SpanKind.SERVER;
                            case CONSUMER -> SpanKind.CONSUMER;
                            case PRODUCER -> SpanKind.PRODUCER;
                            case INTERNAL -> SpanKind.INTERNAL;
                        })
                .startSpan());
    }

    @Override
    public void close() {
        queue.close();
        provider.close();
    }

    private record Recorded(io.opentelemetry.api.trace.Span span) implements Span {
        @Override
        public boolean isRecording() {
            return span.isRecording();
        }

        @Override
        public @Nullable TraceContext context() {
            var headers = new HashMap<String, String>();
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.root().with(span), headers, (carrier, key, value) -> headers.put(key, value));
            return TraceContext.of(headers.get(TraceContext.TRACEPARENT), headers.get(TraceContext.TRACESTATE));
        }

        @Override
        public Span set(String key, String value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public Span set(String key, long value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason);
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
