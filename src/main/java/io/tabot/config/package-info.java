/** Owns the way of a change: what a configuration is, which changes are allowed, and who is told about them. */
@NullMarked
package io.tabot.config;

import org.jspecify.annotations.NullMarked;
