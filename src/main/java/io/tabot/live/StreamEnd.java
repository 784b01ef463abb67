package io.tabot.live;

import java.util.Locale;

/** Why a stream ends. */
public enum StreamEnd {
    /** It was asked to go no further than what there is. */
    COMPLETE("that is all there is now"),
    SLOW_READER("more came than you took; read on from where you are"),
    SHUTDOWN("this node stops; read on elsewhere, or here when it is back"),
    ACCESS("the access token is not good for this any more"),
    REWRITTEN("the history was replaced by another one; read the present state, then follow anew");

    private final String message;

    StreamEnd(String message) {
        this.message = message;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String message() {
        return message;
    }
}
