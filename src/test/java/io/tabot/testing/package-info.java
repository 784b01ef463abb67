/** What tests of several packages share. */
@NullMarked
package io.tabot.testing;

import org.jspecify.annotations.NullMarked;
