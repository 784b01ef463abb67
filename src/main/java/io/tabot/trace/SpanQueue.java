package io.tabot.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans on their way to the collector, on a thread of its own. Nobody waits for it: one that finds the queue full is
 * lost, as are those of an export that fails, and both are counted. The library's own queue does not tell.
 */
final class SpanQueue implements SpanProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    private static final int BATCH = 512;

    /** So that one export takes what ends within a moment. */
    private static final long GATHER_MILLIS = 200;

    private static final long EXPORT_MAX_SECONDS = 10;
    private static final long CLOSE_MAX_MILLIS = 2_000;

    private final SpanExporter exporter;
    private final BlockingQueue<SpanData> queue;
    private final Counter exported;
    private final Counter full;
    private final Counter failed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean isFailing;

    SpanQueue(SpanExporter exporter, int capacity, MeterRegistry meters) {
        this.exporter = exporter;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.exported = Counter.builder("ta_bot_trace_spans_exported")
                .description("Spans that the collector has taken")
                .register(meters);
        this.full = lost(meters, "queue_full");
        this.failed = lost(meters, "export_failed");
        this.thread = Thread.ofPlatform().name("trace-export").daemon().start(this::run);
    }

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && !queue.offer(span.toSpanData())) {
            full.increment();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    /** Sends what waits, if that is done within moments. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_MAX_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exporter.shutdown();
    }

    private void run() {
        var batch = new ArrayList<SpanData>(BATCH);
        try {
            while (!closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS)) {
                exportAll(batch);
            }
            exportAll(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exportAll(List<SpanData> batch) {
        while (queue.drainTo(batch, BATCH) > 0) {
            export(batch);
            batch.clear();
        }
    }

    private void export(List<SpanData> batch) {
        var isTaken = false;
        try {
            isTaken = exporter.export(List.copyOf(batch))
                    .join(EXPORT_MAX_SECONDS, TimeUnit.SECONDS)
                    .isSuccess();
        } catch (RuntimeException e) {
            LOG.debug("an export failed", e);
        }
        (isTaken ? exported : failed).increment(batch.size());
        if (isTaken == isFailing) {
            isFailing = !isTaken;
            if (isFailing) {
                LOG.warn("traces are lost: the collector can't be reached or does not take them; trying on");
            } else {
                LOG.info("the collector takes traces again");
            }
        }
    }

    private static Counter lost(MeterRegistry meters, String reason) {
        return Counter.builder("ta_bot_trace_spans_lost")
                .description("Spans that no collector has got")
                .tag("reason", reason)
                .register(meters);
    }
}
