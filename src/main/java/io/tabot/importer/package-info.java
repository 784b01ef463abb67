/** Takes over the configuration and its history from the Python bot. */
@NullMarked
package io.tabot.importer;

import org.jspecify.annotations.NullMarked;
