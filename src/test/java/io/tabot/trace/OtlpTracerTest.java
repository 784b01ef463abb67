package io.tabot.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.testing.OtlpReceiver;
import io.tabot.trace.Tracer.Kind;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans to a collector over a socket, one that is well, one that refuses and none at all. */
class OtlpTracerTest {
    private static final TraceContext PARENT =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=value");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OtlpReceiver collector = OtlpReceiver.start();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void goesOnFromTheParentAndHandsTheTraceOn() {
        try (var tracer = tracer(1, 100)) {
            var span =
                    tracer.start("work", Kind.CONSUMER, PARENT).set("text", "a").set("number", 7);
            var step = tracer.follow("step", Kind.INTERNAL, span.context());
            step.failed("why");
            step.end();
            span.end();
        }

        var work = collector.spans().stream()
                .filter(span -> span.name().equals("work"))
                .findFirst()
                .orElseThrow();
        var step = collector.spans().stream()
                .filter(span -> span.name().equals("step"))
                .findFirst()
                .orElseThrow();
        assertThat(work.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(work.parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(work.attributes()).containsEntry("text", "a").containsEntry("number", "7");
        assertThat(step.parentId()).isEqualTo(work.spanId());
        assertThat(meters.counter("ta_bot_trace_spans_exported").count()).isEqualTo(2);
    }

    @Test
    void handsOnWhatOthersAddToTheTrace() {
        try (var tracer = tracer(1, 100)) {
            var context = tracer.start("work", Kind.SERVER, PARENT).context();

            assertThat(context).isNotNull();
            assertThat(context.traceparent())
                    .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                    .endsWith("-01");
            assertThat(context.tracestate()).isEqualTo("vendor=value");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01\r\nx: y"
            })
    void beginsATraceOfItsOwnBehindAParentThatIsNone(String traceparent) {
        try (var tracer = tracer(1, 100)) {
            var context = tracer.start("work", Kind.SERVER, TraceContext.of(traceparent, null))
                    .context();

            assertThat(context).isNotNull();
            assertThat(context.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
            assertThat(context.traceparent()).doesNotContain("0af7651916cd43dd8448eb211c80319c");
        }
    }

    @Test
    void recordsNoTraceOfItsOwnWhereNoneIsWanted() {
        try (var tracer = tracer(0, 100)) {
            var own = tracer.start("own", Kind.SERVER, null);
            assertThat(own.isRecording()).isFalse();
            own.end();
            tracer.start("asked for", Kind.SERVER, PARENT).end();
        }

        assertThat(collector.spans()).extracting(OtlpReceiver.Span::name).containsExactly("asked for");
    }

    @Test
    void losesSpansBeyondTheQueueAndCountsThem() {
        try (var tracer = tracer(1, 5)) {
            for (var i = 0; i < 2_000; i++) {
                tracer.start("work", Kind.INTERNAL, null).end();
            }
        }

        var lost = lost("queue_full");
        assertThat(lost).isPositive();
        assertThat(lost + meters.counter("ta_bot_trace_spans_exported").count()).isEqualTo(2_000);
        assertThat(collector.spans()).hasSize(2_000 - (int) lost);
    }

    @Test
    void countsWhatACollectorRefusesAndGoesOnWhenItTakesThemAgain() {
        try (var tracer = tracer(1, 100)) {
            collector.answer(400);
            tracer.start("refused", Kind.INTERNAL, null).end();
            await().atMost(PATIENCE).until(() -> lost("export_failed") == 1);
            collector.answer(200);
            tracer.start("taken", Kind.INTERNAL, null).end();
            await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
        }

        assertThat(collector.spans()).extracting(OtlpReceiver.Span::name).containsExactly("taken");
    }

    @Test
    void neverHoldsItsCallerUpForACollectorThatIsGone() {
        collector.close();
        var begun = System.nanoTime();
        try (var tracer = tracer(1, 10)) {
            for (var i = 0; i < 1_000; i++) {
                tracer.start("work", Kind.INTERNAL, null).end();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            await().atMost(PATIENCE).until(() -> lost("queue_full") + lost("export_failed") > 500);
        }
    }

    @Test
    void offMakesNoObject() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var i = 0; i < 20_000; i++) {
            work(Tracer.OFF);
        }
        var before = threads.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 20_000; i++) {
            work(Tracer.OFF);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    private static void work(Tracer tracer) {
        var span = tracer.follow("evaluate candle", Kind.INTERNAL, null);
        if (span.isRecording()) {
            span.set("number", 1);
        }
        tracer.follow("publish signal", Kind.PRODUCER, span.context()).end();
        tracer.start("process candle", Kind.CONSUMER, null).end();
        span.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "ftp://collector", "http:///v1", "/v1/traces"})
    void refusesAnEndpointThatIsNone(String endpoint) {
        assertThatThrownBy(() -> new TracingSettings(URI.create(endpoint), Map.of(), "ta-bot", 1, 1))
                .hasMessageContaining("http://collector:4318");
    }

    @Test
    void readsHeadersAsOpenTelemetryWritesThemAndShowsThemToNobody() {
        var headers = TracingSettings.headers(List.of("api-key=a=b", " x = y "));
        assertThat(headers).isEqualTo(Map.of("api-key", "a=b", "x", "y"));
        var settings = new TracingSettings(URI.create("http://c:4317/"), headers, "ta-bot", 0.5, 1);
        assertThat(settings.toString()).doesNotContain("a=b", "api-key");
        assertThat(settings.traces()).isEqualTo("http://c:4317/v1/traces");
        assertThat(settings.looksLikeGrpc()).isTrue();
        assertThatThrownBy(() -> TracingSettings.headers(List.of("hunter2"))).hasMessageNotContaining("hunter2");
    }

    private double lost(String reason) {
        return meters.counter("ta_bot_trace_spans_lost", "reason", reason).count();
    }

    private OtlpTracer tracer(double ratio, int queue) {
        var settings = new TracingSettings(URI.create(collector.endpoint()), Map.of(), "ta-bot", ratio, queue);
        return new OtlpTracer(settings, Map.of(), meters);
    }
}
