/** Owns the way of a candle: evaluates each symbol's window under the configuration in force and hands signals out. */
@NullMarked
package io.tabot.signal;

import org.jspecify.annotations.NullMarked;
