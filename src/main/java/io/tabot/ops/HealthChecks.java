package io.tabot.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Everything that is looked at when somebody asks how this process is doing, by name and in order. */
public final class HealthChecks {
    private final Map<String, Supplier<Check>> checks;

    /** @param checks must answer at once, from what they know already: a probe waits for all of them */
    public HealthChecks(Map<String, Supplier<Check>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    public List<Check> run() {
        return checks.entrySet().stream()
                .map(entry -> run(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A check that fails has found something out, and must not hide what the others found. */
    private static Check run(String name, Supplier<Check> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Check.down(name, "the check itself failed: " + e.getClass().getSimpleName());
        }
    }
}
