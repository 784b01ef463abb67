/** Durable memory of a configuration's history. The only code that knows which journals exist. */
@NullMarked
package io.tabot.journal;

import org.jspecify.annotations.NullMarked;
