package io.tabot.broken.market;

import io.tabot.broken.indicator.UsesTheMarket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Wrong on purpose: reads the clock, chance and the country it runs in, and leans on the indicators. Only what is
 * called right is.
 */
public final class ReadsTheClock {
    UsesTheMarket cycle() {
        return new UsesTheMarket(this);
    }

    List<Object> wrong() {
        return List.of(Instant.now(), System.currentTimeMillis(), Clock.systemUTC(), new Random());
    }

    Supplier<UUID> wrongReference() {
        return UUID::randomUUID;
    }

    String wrongAbroad(int number) {
        return "%d".formatted(number);
    }

    String rightAbroad(int number) {
        return String.format(Locale.ROOT, "%d", number);
    }

    List<Object> right(Clock clock) {
        return List.of(Instant.now(clock), new Random(1));
    }
}
