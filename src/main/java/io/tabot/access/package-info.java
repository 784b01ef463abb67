/** Who may use the API, and how often: tokens, roles, limits. Knows neither HTTP nor what is asked for. */
@NullMarked
package io.tabot.access;

import org.jspecify.annotations.NullMarked;
