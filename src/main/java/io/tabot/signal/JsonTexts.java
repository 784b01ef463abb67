package io.tabot.signal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest long texts and how they are spelled: the signals of a candle share times and hashes, and have their id
 * twice. Found by what they are, not by what they say, so that looking does not read them.
 */
final class JsonTexts {
    /** A shorter one is spelled sooner than found. */
    private static final int LENGTH_MIN = 20;

    /** That of a hash. */
    private static final int LENGTH_MAX = 64;

    private static final int PLACES = 16;

    private final @Nullable String[] texts = new String[PLACES];
    private final byte[][] spellings = new byte[PLACES][];
    private int next;

    static boolean isWorthFinding(String text) {
        return LENGTH_MIN <= text.length() && text.length() <= LENGTH_MAX;
    }

    /** With its quotation marks; null if it is not one of the newest. */
    byte @Nullable [] find(String text) {
        for (var i = 0; i < PLACES; i++) {
            if (texts[i] == text) {
                return spellings[i];
            }
        }
        return null;
    }

    void remember(String text, byte[] json, int from, int end) {
        texts[next] = text;
        spellings[next] = Arrays.copyOfRange(json, from, end);
        next = (next + 1) % PLACES;
    }
}
