/**
 * Benchmarks: printed, never asserted. {@code bin/bench-evaluation} runs them; docs/performance.md holds what they
 * printed.
 */
@NullMarked
package io.tabot.bench;

import org.jspecify.annotations.NullMarked;
