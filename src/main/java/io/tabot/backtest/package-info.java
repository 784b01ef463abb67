/** Trading on paper over history: the live engine's decisions on past candles, and what would have come of them. */
@NullMarked
package io.tabot.backtest;

import org.jspecify.annotations.NullMarked;
