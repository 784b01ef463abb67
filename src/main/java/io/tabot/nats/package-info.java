/** Candles in and signals out over NATS, and the NATS witness. The only code that knows NATS. */
@NullMarked
package io.tabot.nats;

import org.jspecify.annotations.NullMarked;
