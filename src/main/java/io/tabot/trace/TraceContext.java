package io.tabot.trace;

import org.jspecify.annotations.Nullable;

/**
 * Where a piece of work belongs in a trace, as W3C Trace Context writes it into headers. It goes along in messages as
 * it is, and what is wrong with it is found by whoever goes on from it.
 *
 * @param traceparent version, trace, span and flags
 * @param tracestate what other systems add; null for nothing
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    /** Longer ones are of no use to anybody, and would be carried along. */
    private static final int TRACEPARENT_MAX = 128;

    private static final int TRACESTATE_MAX = 512;

    /** Nothing without a parent that could be one. */
    public static @Nullable TraceContext of(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || traceparent.isEmpty() || traceparent.length() > TRACEPARENT_MAX) {
            return null;
        }
        var isState = tracestate != null && !tracestate.isEmpty() && tracestate.length() <= TRACESTATE_MAX;
        return new TraceContext(traceparent, isState ? tracestate : null);
    }
}
