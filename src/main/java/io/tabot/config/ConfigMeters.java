package io.tabot.config;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tabot.market.Timeframe;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** What is measured of the configuration: of what is in force on this node, and of its owner where that is here. */
public final class ConfigMeters implements ConfigWatch {
    private final ConfigView view;
    private final MeterRegistry meters;
    private final AtomicInteger broken = new AtomicInteger();
    private final Timer stored;

    public ConfigMeters(ConfigView view, MeterRegistry meters) {
        this.view = view;
        this.meters = meters;
        gauge(
                "ta_bot_config_revision",
                "Revision of the configuration in force",
                inForce -> inForce.state().revision(),
                0);
        gauge(
                "ta_bot_config_applied_revision",
                "Newest revision that every actor of this node has confirmed",
                ConfigView.InForce::appliedRevision,
                0);
        gauge(
                "ta_bot_config_stale",
                "1 while the owner of the configuration is not heard",
                inForce -> inForce.isStale() ? 1 : 0,
                1);
        Gauge.builder(
                        "ta_bot_candle_interval",
                        this,
                        config -> config.shortestInterval().toMillis() / 1000.0)
                .description("Length of the shortest timeframe that is configured, 0 while nothing is to be evaluated")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("ta_bot_config_history_broken", broken, AtomicInteger::get)
                .description("1 while this node owns the configuration and its history can not be what was in force")
                .register(meters);
        this.stored = Timer.builder("ta_bot_config_store")
                .description("From the decision on a change to the majority that remembers it")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    @Override
    public void history(Optional<String> whyBroken) {
        broken.set(whyBroken.isPresent() ? 1 : 0);
    }

    @Override
    public void stored(Duration took) {
        stored.record(took);
    }

    private void gauge(String name, String description, ToDoubleFunction<ConfigView.InForce> value, double before) {
        Gauge.builder(
                        name,
                        view,
                        shown -> shown.current().map(value::applyAsDouble).orElse(before))
                .description(description)
                .register(meters);
    }

    /** Of the timeframes that are configured; zero while no candle is to be evaluated. */
    public Duration shortestInterval() {
        return view
                .current()
                .map(ConfigView.InForce::application)
                .filter(application ->
                        !application.paused() && !application.symbols().isEmpty())
                .stream()
                .flatMap(application -> application.candlePeriods().stream())
                .flatMap(period -> Timeframe.of(period).stream())
                .map(Timeframe::longest)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
