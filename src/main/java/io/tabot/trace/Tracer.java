package io.tabot.trace;

import org.jspecify.annotations.Nullable;

/** Begins spans. */
public interface Tracer {
    /** Traces nothing, and makes no object. */
    Tracer OFF = (name, kind, parent) -> Span.NONE;

    /** What a span is to the one that it follows from. */
    enum Kind {
        /** Work for a request of another service. */
        SERVER,
        /** Work on a message that came in. */
        CONSUMER,
        /** A message that goes out. */
        PRODUCER,
        /** A step within this service. */
        INTERNAL
    }

    /** @param parent what it follows from; null for the first of a trace */
    Span start(String name, Kind kind, @Nullable TraceContext parent);

    /** A step of work that is traced already: none where it is not. */
    default Span follow(String name, Kind kind, @Nullable TraceContext parent) {
        return parent == null ? Span.NONE : start(name, kind, parent);
    }
}
