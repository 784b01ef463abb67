package io.tabot.config;

import java.util.Random;

/** What one seed makes of a run: how faulty it is, and every choice in it. */
final class Chance {
    private final Random random;
    private final double faults;
    private boolean isCalm;

    Chance(long seed) {
        random = new Random(seed);
        faults = random.nextDouble() * 0.5;
    }

    /** No faults from now on. */
    void calmDown() {
        isCalm = true;
    }

    boolean isCalm() {
        return isCalm;
    }

    SimulatedChild.Write write() {
        if (isCalm || random.nextDouble() >= faults) {
            return SimulatedChild.Write.STORED;
        }
        var faulty = SimulatedChild.Write.values();
        return faulty[1 + random.nextInt(faulty.length - 1)];
    }

    boolean isLate() {
        return !isCalm && random.nextDouble() < faults / 2;
    }

    boolean isOneIn(int count) {
        return !isCalm && random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    double upTo(double bound) {
        return random.nextDouble() * bound;
    }
}
