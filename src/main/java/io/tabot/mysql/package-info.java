/** Candles and signals in MySQL. The only code that knows SQL of them; that of the journal is its own. */
@NullMarked
package io.tabot.mysql;

import org.jspecify.annotations.NullMarked;
