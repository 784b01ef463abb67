package io.tabot.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tabot.trace.Span;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, and traces, how long each new state takes to be in use by every actor of a node. */
final class ApplyLag {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyLag.class);

    private record Pushed(Timer.Sample sample, Span span) {}

    private final MeterRegistry meters;
    private final Tracer tracer;
    private final Timer timer;
    private final Counter stragglers;
    private final Map<Long, Pushed> pushed = new HashMap<>();

    ApplyLag(MeterRegistry meters, Tracer tracer) {
        this.meters = meters;
        this.tracer = tracer;
        this.timer = Timer.builder("ta_bot_config_apply")
                .description("From a new state to the answer of the last actor of this node")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.stragglers = Counter.builder("ta_bot_config_push_stragglers")
                .description("Actors that did not confirm a new state in time")
                .register(meters);
    }

    void begin(long revision, @Nullable TraceContext trace) {
        var span = tracer.follow("apply change", Tracer.Kind.INTERNAL, trace).set("tabot.config_revision", revision);
        pushed.put(revision, new Pushed(Timer.start(meters), span));
    }

    /** What waits for none of these is not waited for. */
    void retain(Set<Long> revisions) {
        pushed.keySet().retainAll(revisions);
    }

    void end(long revision) {
        var ended = pushed.remove(revision);
        if (ended != null) {
            ended.sample().stop(timer);
            ended.span().end();
            LOG.atInfo()
                    .addKeyValue("revision", revision)
                    .log("revision {} is in use by every actor of this node", revision);
        }
    }

    /** So many actors have not confirmed it in time; they may yet. */
    void late(long revision, int actors) {
        stragglers.increment(actors);
        var waiting = pushed.get(revision);
        if (waiting != null) {
            waiting.span().failed(actors + " actors have not confirmed in time");
        }
    }
}
