/**
 * Traces: which piece of work followed from which, over actors, nodes and services. What does the work knows
 * {@link Tracer} and {@link Span} alone; that spans go to a collector, and by which library, is known here only.
 */
@NullMarked
package io.tabot.trace;

import org.jspecify.annotations.NullMarked;
