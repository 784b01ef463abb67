/** A walk through every fault of a cluster, on real processes and servers, and the judgement of what it left behind. */
@NullMarked
package io.tabot.walk;

import org.jspecify.annotations.NullMarked;
