package io.tabot.trace;

import org.jspecify.annotations.Nullable;

/** A piece of work from its start to its end. Safe on any thread; what comes after the end changes nothing. */
public interface Span {
    /** Of work that nobody traces. */
    Span NONE = new Span() {
        @Override
        public boolean isRecording() {
            return false;
        }

        @Override
        public @Nullable TraceContext context() {
            return null;
        }

        @Override
        public Span set(String key, String value) {
            return this;
        }

        @Override
        public Span set(String key, long value) {
            return this;
        }

        @Override
        public void failed(String reason) {}

        @Override
        public void end() {}
    };

    /** Whether anybody will see it: else there is no need to find out what is told of it. */
    boolean isRecording();

    /** For the work that follows from it; null while nothing is traced. */
    @Nullable TraceContext context();

    Span set(String key, String value);

    Span set(String key, long value);

    /** It did not succeed; still to be ended. */
    void failed(String reason);

    void end();
}
