package io.tabot.http;

import io.tabot.live.Frames;
import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog.Gap;
import io.tabot.live.StreamEnd;
import org.apache.pekko.util.ByteString;

/**
 * Server-sent events. What is missing and the end carry no id, so that a reader who comes again asks for what he lacks;
 * a heartbeat may carry one, so that he need not be shown again what he did not want.
 *
 * @param retryMillis after which a browser comes again by itself
 */
record EventFrames<T>(StreamTexts<T> texts, long retryMillis) implements Frames<T, ByteString> {
    private static final ByteString ALIVE = ByteString.fromString(":\n\n");

    @Override
    public ByteString opening(long after, long head) {
        return frame("retry: " + retryMillis + "\nevent: open\ndata: " + texts.opening(after, head) + "\n\n");
    }

    @Override
    public ByteString entry(LiveEntry<T> entry) {
        var id = texts.log().id(entry.number());
        return frame("id: " + id + "\nevent: " + texts.event() + "\ndata: " + texts.entry(entry) + "\n\n");
    }

    @Override
    public ByteString gap(Gap gap) {
        return frame("event: gap\ndata: " + texts.gap(gap) + "\n\n");
    }

    @Override
    public ByteString heartbeat(long upTo, boolean isNews) {
        return isNews ? frame(":\nid: " + texts.log().id(upTo) + "\n\n") : ALIVE;
    }

    @Override
    public ByteString end(StreamEnd reason, long upTo) {
        return frame("event: end\ndata: " + texts.end(reason, upTo) + "\n\n");
    }

    private static ByteString frame(String text) {
        return ByteString.fromString(text);
    }
}
