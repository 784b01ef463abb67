package io.tabot.live;

import io.tabot.live.LiveLog.Gap;

/** How a stream is written: one frame for each thing that a reader is told. */
public interface Frames<T, F> {
    /** The first frame. @param after the stream begins after this number; @param head the log goes up to here now */
    F opening(long after, long head);

    F entry(LiveEntry<T> entry);

    /** What the stream leaves out, since it can't be read. */
    F gap(Gap gap);

    /**
     * Nothing new, but all is well.
     *
     * @param upTo everything up to here was sent or was not wanted
     * @param isNews whether the reader was not told so yet
     */
    F heartbeat(long upTo, boolean isNews);

    /** The last frame. @param upTo where to go on from */
    F end(StreamEnd reason, long upTo);
}
