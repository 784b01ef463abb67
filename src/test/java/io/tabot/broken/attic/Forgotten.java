package io.tabot.broken.attic;

/** Wrong on purpose: its package is in nobody's picture. */
public record Forgotten() {}
