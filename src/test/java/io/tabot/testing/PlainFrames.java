package io.tabot.testing;

import io.tabot.live.Frames;
import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog.Gap;
import io.tabot.live.StreamEnd;

/** The frames of a stream in a few words; an entry is its number. */
public final class PlainFrames<T> implements Frames<T, String> {
    @Override
    public String opening(long after, long head) {
        return "open " + after;
    }

    @Override
    public String entry(LiveEntry<T> entry) {
        return Long.toString(entry.number());
    }

    @Override
    public String gap(Gap gap) {
        return "gap " + gap.after() + "-" + gap.upTo() + " " + gap.reason();
    }

    @Override
    public String heartbeat(long upTo, boolean isNews) {
        return "heartbeat " + upTo + " " + isNews;
    }

    @Override
    public String end(StreamEnd reason, long upTo) {
        return "end " + reason + " " + upTo;
    }
}
