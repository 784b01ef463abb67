package io.tabot.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest events that carried an idempotency key, by key, oldest first. Immutable. */
public final class IdempotencyMemory {
    /** How many are remembered. A repetition that comes later is taken for a new change. */
    public static final int EVENTS_MAX = 1_000;

    public static final IdempotencyMemory NONE = new IdempotencyMemory(Map.of());

    private final Map<String, ConfigEvent> events;

    // Owns the map: a history is replayed event by event, so one copy for each has to do.
    private IdempotencyMemory(Map<String, ConfigEvent> events) {
        this.events = Collections.unmodifiableMap(events);
    }

    public Map<String, ConfigEvent> events() {
        return events;
    }

    public Optional<ConfigEvent> find(String key) {
        return Optional.ofNullable(events.get(key));
    }

    IdempotencyMemory with(ConfigEvent event) {
        var idempotency = event.idempotency();
        if (idempotency == null) {
            return this;
        }
        var newest = new LinkedHashMap<>(events);
        newest.put(idempotency.key(), event);
        if (newest.size() > EVENTS_MAX) {
            newest.pollFirstEntry();
        }
        return new IdempotencyMemory(newest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyMemory memory && events.equals(memory.events);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }

    @Override
    public String toString() {
        return events.keySet().toString();
    }
}
