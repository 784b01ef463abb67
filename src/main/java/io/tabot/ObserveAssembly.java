package io.tabot;

import io.tabot.ops.LogFormat;
import io.tabot.trace.TracingSettings;
import java.net.URI;
import java.util.Optional;

/** From keys to what is told of this process. */
final class ObserveAssembly {
    private final SettingsReader reader;

    ObserveAssembly(SettingsReader reader) {
        this.reader = reader;
    }

    ObserveSettings settings() {
        return new ObserveSettings(
                reader.oneOf("log.format", LogFormat.class),
                reader.text("health.verdict-subject"),
                reader.duration("health.verdict-interval"),
                reader.text("tracing.otlp-endpoint").isEmpty()
                        ? Optional.empty()
                        : Optional.of(SettingsReader.refusedAs("tracing", this::tracing)));
    }

    private TracingSettings tracing() {
        return new TracingSettings(
                URI.create(reader.text("tracing.otlp-endpoint")),
                TracingSettings.headers(reader.list("tracing.headers")),
                reader.text("tracing.service-name"),
                reader.number("tracing.sample-ratio"),
                reader.integer("tracing.queue"));
    }
}
