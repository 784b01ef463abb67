package io.tabot.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** The long walk behind bin/soak: all kinds of faults in an order that the seed decides, until the time is up. */
public final class Soak {
    private static final int SYMBOLS = 300;
    private static final int TIMEFRAMES = 3;
    private static final Duration CHANGE_EVERY = Duration.ofMillis(200);

    private Soak() {}

    /** Minutes, seed, seconds between two rows of candles, and kinds of faults if not all. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var minutes = Integer.parseInt(arguments[0]);
        var seed = Long.parseLong(arguments[1]);
        var pace = Duration.ofSeconds(Long.parseLong(arguments[2]));
        var kinds = arguments.length > 3
                ? Arrays.stream(arguments[3].split(",")).map(Fault::valueOf).toList()
                : List.of(Fault.values());
        var home = Files.createTempDirectory("tabot-soak-");
        // What a last fault takes is longer than the time that is left, and candles go on meanwhile.
        var rows = (int) (Duration.ofMinutes(minutes + 15L).toMillis() / pace.toMillis());
        var load = new Walk.Load(symbols(), TIMEFRAMES, pace, rows, CHANGE_EVERY);
        var findings = new Walk(load, seed, System.out).run(home, () -> faults(kinds, seed, minutes));
        if (!findings.isEmpty()) {
            findings.stream().limit(50).forEach(System.out::println);
            System.out.printf(
                    "soak: seed %d, %d findings; the logs of the nodes are in %s%n", seed, findings.size(), home);
            System.exit(1);
        }
        System.out.printf("soak: seed %d, nothing lost, nothing repeated%n", seed);
        System.exit(0);
    }

    private static int symbols() {
        return Integer.getInteger("soak.symbols", SYMBOLS);
    }

    /** Each kind once, in a new order, before any of them comes again. */
    private static Iterator<Fault> faults(List<Fault> kinds, long seed, int minutes) {
        var random = new Random(seed);
        var end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        return new Iterator<>() {
            private final List<Fault> round = new ArrayList<>();

            @Override
            public boolean hasNext() {
                return System.nanoTime() - end < 0;
            }

            @Override
            public Fault next() {
                if (round.isEmpty()) {
                    round.addAll(kinds);
                    Collections.shuffle(round, random);
                }
                return round.removeFirst();
            }
        };
    }
}
