/** The commands behind bin/ta-bot: an entry point, so it may read the clock and the environment. */
@NullMarked
package io.tabot.cli;

import org.jspecify.annotations.NullMarked;
