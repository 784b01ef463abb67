package io.tabot.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a node's {@link ConfigFeed} tells of itself in numbers. */
final class FeedMeters {
    private final MeterRegistry meters;
    private final ConfigView view;
    private final Timer applyLag;
    private final Counter stragglers;
    private final Map<Long, Timer.Sample> pushed = new HashMap<>();

    FeedMeters(MeterRegistry meters, ConfigView view) {
        this.meters = meters;
        this.view = view;
        this.applyLag = Timer.builder("ta_bot_config_apply")
                .description("From a new state to the answer of the last actor of this node")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.stragglers = Counter.builder("ta_bot_config_push_stragglers")
                .description("Actors that did not confirm a new state in time")
                .register(meters);
        gauge("ta_bot_config_revision", "Revision of the configuration in force", FeedMeters::revision);
        gauge(
                "ta_bot_config_applied_revision",
                "Newest revision that every actor of this node has confirmed",
                FeedMeters::appliedRevision);
        gauge(
                "ta_bot_config_stale",
                "1 while the owner of the configuration is not heard",
                shown -> shown.current().filter(inForce -> !inForce.isStale()).isPresent() ? 0 : 1);
    }

    /** The state of this revision was pushed; of others only these are still waited for. */
    void pushed(long revision, Collection<Long> awaited) {
        pushed.put(revision, Timer.start(meters));
        pushed.keySet().retainAll(awaited);
    }

    /** Every actor uses it. */
    void applied(long revision) {
        var begun = pushed.remove(revision);
        if (begun != null) {
            begun.stop(applyLag);
        }
    }

    void stragglers(int count) {
        stragglers.increment(count);
    }

    private void gauge(String name, String description, ToDoubleFunction<ConfigView> value) {
        Gauge.builder(name, view, value).description(description).register(meters);
    }

    private static double revision(ConfigView view) {
        return view.current().map(inForce -> inForce.state().revision()).orElse(0L);
    }

    private static double appliedRevision(ConfigView view) {
        return view.current().map(ConfigView.InForce::appliedRevision).orElse(0L);
    }
}
