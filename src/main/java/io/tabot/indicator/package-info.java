/**
 * Technical indicators as pure functions over arrays of doubles. They know nothing of the rest.
 *
 * <p>Common rules. Input is read at {@code [from, from + length)}, the oldest value first. The value for candle
 * {@code from + i} is written to {@code out[i]}. Nothing outside {@code out[0, length)} is touched, nothing is
 * allocated, and an output must not be an input unless the method allows it. NaN means "still warming up" or
 * "undefined". Below {@code minimumLength} the original has no value at all, which is not the same to a strategy as
 * NaN; the output is then all NaN, and the caller has to ask.
 *
 * <p>Every operation is done in the order of pandas 3, numpy 2 and pandas-ta-classic, so the results are theirs bit for
 * bit. Rearranging a formula changes them.
 */
@NullMarked
package io.tabot.indicator;

import org.jspecify.annotations.NullMarked;
