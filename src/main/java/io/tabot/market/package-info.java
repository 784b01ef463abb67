/** What a market is made of: symbols, timeframes, candles and windows of them. No Pekko, no I/O. */
@NullMarked
package io.tabot.market;

import org.jspecify.annotations.NullMarked;
