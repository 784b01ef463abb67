package io.tabot.ops;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.Logger;

/** How lines of the log are written. */
public enum LogFormat {
    /** As logback.xml says, for people. */
    TEXT,
    /** See {@link JsonLogEncoder}. */
    JSON;

    /** From the next line on, wherever lines go. */
    public void applyTo(LoggerContext context) {
        if (this == TEXT) {
            return;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
                var encoder = new JsonLogEncoder();
                encoder.setContext(context);
                encoder.start();
                output.setEncoder(encoder);
            }
        });
    }
}
