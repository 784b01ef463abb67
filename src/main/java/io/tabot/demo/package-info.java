/** The demo: candles that come with the service, replayed through its own flow as if they happened now. */
@NullMarked
package io.tabot.demo;

import org.jspecify.annotations.NullMarked;
