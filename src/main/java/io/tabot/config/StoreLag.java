package io.tabot.config;

import io.tabot.trace.Span;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, and traces, how long the one change in work takes to get its majority. */
final class StoreLag {
    private static final Logger LOG = LoggerFactory.getLogger(StoreLag.class);

    private final ConfigEntitySettings settings;
    private long decidedAt;
    private Span span = Span.NONE;

    StoreLag(ConfigEntitySettings settings) {
        this.settings = settings;
    }

    void begin(ConfigCommand command, ConfigEvent event) {
        decidedAt = settings.clock().millis();
        span = settings.tracer()
                .follow("store change", Tracer.Kind.INTERNAL, command.meta().trace())
                .set("tabot.environment", settings.environment())
                .set("tabot.config_revision", event.revision());
    }

    /** It has its majority. The answer is for what follows from it. */
    @Nullable TraceContext end(ConfigEvent event, List<String> holders) {
        span.end();
        LOG.atInfo()
                .addKeyValue("revision", event.revision())
                .addKeyValue("audit_id", event.auditId(settings.environment()))
                .log("revision {} is stored on {}", event.revision(), String.join(", ", holders));
        settings.watch().stored(Duration.ofMillis(Math.max(0, settings.clock().millis() - decidedAt)));
        return span.context();
    }

    /** Looked at after each message; whoever owns it no more says nothing of it. */
    void history(OpenHistory history, boolean isOver) {
        settings.watch().history(isOver ? Optional.empty() : history.broken());
    }

    void failed(String reason) {
        span.failed(reason);
    }
}
