/**
 * The indicators of {@code io.tabot.indicator}, several in one loop: one average alone leaves a processor idle, since
 * each of its steps waits for the one before. Every value is theirs bit for bit, because every operation is; what makes
 * them exact, and how that is tested, is told in docs/performance.md.
 *
 * <p>Inputs are finite numbers. A lane that overflows says so, and has to be computed the plain way.
 */
@NullMarked
package io.tabot.indicator.fused;

import org.jspecify.annotations.NullMarked;
