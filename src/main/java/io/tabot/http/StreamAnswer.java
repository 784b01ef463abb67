package io.tabot.http;

import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What came of asking for a stream. */
sealed interface StreamAnswer {
    record Refused(Answer answer) implements StreamAnswer {}

    /** Its body, or the WebSocket that takes its place, has no end of its own. */
    record Open(HttpResponse response) implements StreamAnswer {}
}
