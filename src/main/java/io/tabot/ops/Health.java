package io.tabot.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the probes tell about this process. Counts its uptime from when it is made. */
public final class Health {
    private final BuildInfo build;
    private final NodeState node;
    private final HealthChecks checks;
    private final Clock clock;
    private final Instant startedAt;

    public Health(BuildInfo build, NodeState node, HealthChecks checks, Clock clock) {
        this.build = build;
        this.node = node;
        this.checks = checks;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public BuildInfo build() {
        return build;
    }

    public List<Check> checks() {
        return checks.run();
    }

    public Optional<String> notReadyBecause() {
        return node.notReadyBecause();
    }

    public boolean isAlive() {
        return node.isAlive().getAsBoolean();
    }

    public Instant now() {
        return clock.instant();
    }

    public Duration uptime() {
        return Duration.between(startedAt, clock.instant());
    }
}
