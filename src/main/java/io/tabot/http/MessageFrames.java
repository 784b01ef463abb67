package io.tabot.http;

import io.tabot.live.Frames;
import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog.Gap;
import io.tabot.live.StreamEnd;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;

/** Messages of a WebSocket: {@code {"event":...,"id":...,"data":{...}}}, each with one thing that happened. */
record MessageFrames<T>(StreamTexts<T> texts) implements Frames<T, Message> {
    @Override
    public Message opening(long after, long head) {
        return message("open", texts.opening(after, head));
    }

    @Override
    public Message entry(LiveEntry<T> entry) {
        return message(texts.event(), entry.number(), texts.entry(entry));
    }

    @Override
    public Message gap(Gap gap) {
        return message("gap", texts.gap(gap));
    }

    @Override
    public Message heartbeat(long upTo, boolean isNews) {
        return message("heartbeat", upTo, "{}");
    }

    @Override
    public Message end(StreamEnd reason, long upTo) {
        return message("end", texts.end(reason, upTo));
    }

    private Message message(String event, long number, String data) {
        return TextMessage.create(
                "{\"event\":\"" + event + "\",\"id\":\"" + texts.log().id(number) + "\",\"data\":" + data + "}");
    }

    private static Message message(String event, String data) {
        return TextMessage.create("{\"event\":\"" + event + "\",\"data\":" + data + "}");
    }
}
