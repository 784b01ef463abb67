/** The admin API: one class of routes a resource. The only code that knows HTTP. */
@NullMarked
package io.tabot.http;

import org.jspecify.annotations.NullMarked;
