/**
 * The trading rules, one class each, and the one catalog of them. No Pekko, no I/O.
 *
 * <p>A strategy is one file: its parameters, its definition, its rule. The rule asks the {@link EvaluationContext} for
 * candles and indicators, the cheapest and rarest condition first, and for the rule set only where the two differ. A
 * number that the rule uses is a {@link Parameter}, with the number that the Python bot really used as its default.
 * Comparisons are written so that NaN makes them false. A new indicator is a constant of {@link SharedIndicator} and a
 * method of the context.
 */
@NullMarked
package io.tabot.strategy;

import org.jspecify.annotations.NullMarked;
