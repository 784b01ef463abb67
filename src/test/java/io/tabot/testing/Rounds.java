package io.tabot.testing;

/** How often a test of chance tries: {@code bin/verify --quick} a quarter as often, from the same seeds. */
public final class Rounds {
    private static final int SHARE = Boolean.getBoolean("test.quick") ? 4 : 1;

    private Rounds() {}

    public static int of(int all) {
        return Math.max(1, all / SHARE);
    }
}
