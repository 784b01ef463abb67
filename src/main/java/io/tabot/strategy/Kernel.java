package io.tabot.strategy;

/** How indicators are computed. Both ways give the same bits; the tests hold one to the other. */
public enum Kernel {
    /** Each on its own, as {@code io.tabot.indicator} has it. */
    PLAIN,
    /** Those that are asked for again and again together, in as few loops as it takes. */
    FUSED
}
