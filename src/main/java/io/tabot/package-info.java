/** The wiring: reads the settings, starts the actor system and hands every component what it needs. */
@NullMarked
package io.tabot;

import org.jspecify.annotations.NullMarked;
