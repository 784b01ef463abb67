package io.tabot.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.tabot.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** Where a message belongs in a trace, in its headers. */
final class TraceHeaders {
    private TraceHeaders() {}

    /** Nothing for most messages, at no cost. */
    static @Nullable TraceContext of(Message message) {
        var headers = message.hasHeaders() ? message.getHeaders() : null;
        return headers == null
                ? null
                : TraceContext.of(
                        headers.getFirst(TraceContext.TRACEPARENT), headers.getFirst(TraceContext.TRACESTATE));
    }

    static Headers with(Headers headers, @Nullable TraceContext trace) {
        if (trace != null) {
            headers.add(TraceContext.TRACEPARENT, trace.traceparent());
            if (trace.tracestate() != null) {
                headers.add(TraceContext.TRACESTATE, trace.tracestate());
            }
        }
        return headers;
    }
}
