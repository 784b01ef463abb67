package io.tabot.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many changes each caller has left, in this process. Remembers callers only as long as their changes count, and
 * there are as many as tokens at most.
 */
public final class ChangeLimits {
    /** Changes an hour. */
    public record Limits(int operator, int agent) {
        public Limits {
            if (operator < 1 || agent < 1) {
                throw new IllegalArgumentException("a limit is at least 1 an hour");
            }
        }
    }

    /** Whether a change may be tried. */
    public sealed interface Answer {
        /** @param at names the place taken, to give it back */
        record Go(Instant at) implements Answer {}

        record Wait(int limit, Duration delay) implements Answer {}
    }

    private final Limits limits;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, ChangeWindow> windows = new HashMap<>();

    public ChangeLimits(Limits limits, Clock clock, MeterRegistry meters) {
        this.limits = limits;
        this.clock = clock;
        this.meters = meters;
    }

    /** Takes a place, if there is one. */
    public Answer take(Caller caller) {
        var limit = limit(caller);
        var now = clock.instant();
        return limit.isEmpty() ? new Answer.Go(now) : take(caller, limit.get(), now);
    }

    /** For a change that changed nothing after all. */
    public synchronized void giveBack(Caller caller, Instant at) {
        windows.computeIfPresent(caller.name(), (_, window) -> window.giveBack(at));
    }

    synchronized int remembered() {
        return windows.size();
    }

    private synchronized Answer take(Caller caller, int limit, Instant now) {
        windows.values().removeIf(window -> window.isEmpty(now));
        var window = windows.getOrDefault(caller.name(), ChangeWindow.EMPTY);
        return switch (window.take(limit, now)) {
            case ChangeWindow.Answer.Taken(var after) -> {
                windows.put(caller.name(), after);
                yield new Answer.Go(now);
            }
            case ChangeWindow.Answer.Full(var wait) -> {
                count(caller);
                yield new Answer.Wait(limit, wait);
            }
        };
    }

    private Optional<Integer> limit(Caller caller) {
        if (caller.isAgent()) {
            return Optional.of(limits.agent());
        }
        return switch (caller.role()) {
            case VIEWER, PROPOSER -> Optional.of(limits.agent());
            case OPERATOR -> Optional.of(limits.operator());
            case ADMIN -> Optional.empty();
        };
    }

    private void count(Caller caller) {
        Counter.builder("ta_bot_changes_limited")
                .description("Changes refused because their caller had made too many")
                .tag("caller", caller.name())
                .register(meters)
                .increment();
    }
}
