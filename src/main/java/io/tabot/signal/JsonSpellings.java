package io.tabot.signal;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Names, texts and numbers as JSON, remembered. Each has one place, which it may have to share: the newest is there, so
 * that memory is bounded.
 */
final class JsonSpellings {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final int PLACE_BITS = 10;
    private static final int PLACES = 1 << PLACE_BITS;

    /** Longer texts are hardly written twice; a SHA-256 in hex has 64. */
    private static final int LENGTH_MAX = 64;

    /** Spreads hashes that differ in a few bits only; odd, close to a golden ratio of all ints. */
    private static final int SPREAD = 0x9E3779B9;

    private final Texts names = new Texts(JsonSpellings::spelledName);
    private final Texts texts = new Texts(JsonSpellings::spelled);
    private final long[] numbers = new long[PLACES];
    private final byte[][] numberSpellings = new byte[PLACES][];

    JsonSpellings() {
        Arrays.fill(numberSpellings, spelled(Double.longBitsToDouble(0)));
    }

    /** Quoted, with a comma before it and a colon behind. */
    byte[] ofName(String name) {
        return names.of(name);
    }

    byte[] of(String text) {
        return texts.of(text);
    }

    byte[] of(double number) {
        var bits = Double.doubleToRawLongBits(number);
        var place = place(Long.hashCode(bits));
        if (numbers[place] != bits) {
            numbers[place] = bits;
            numberSpellings[place] = spelled(number);
        }
        return numberSpellings[place];
    }

    private static int place(int hash) {
        return (hash * SPREAD) >>> (Integer.SIZE - PLACE_BITS);
    }

    /** JSON has no word for NaN and infinity: Jackson writes them as texts. */
    private static byte[] spelled(double number) {
        var text = Double.toString(number);
        return (Double.isFinite(number) ? text : '"' + text + '"').getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] spelledName(String name) {
        return (',' + quoted(name) + ':').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spelled(String text) {
        return quoted(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return isPlain(text) ? '"' + text + '"' : escaped(text);
    }

    private static String escaped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JACKSON.createGenerator(bytes)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory can't fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether it is ASCII without anything to escape. */
    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static final class Texts {
        private final String[] texts = new String[PLACES];
        private final byte[][] spellings = new byte[PLACES][];
        private final Function<String, byte[]> spelling;

        Texts(Function<String, byte[]> spelling) {
            this.spelling = spelling;
            Arrays.fill(texts, "");
            Arrays.fill(spellings, spelling.apply(""));
        }

        byte[] of(String text) {
            var place = place(text.hashCode());
            if (text.equals(texts[place])) {
                return spellings[place];
            }
            var spelled = spelling.apply(text);
            if (text.length() <= LENGTH_MAX) {
                texts[place] = text;
                spellings[place] = spelled;
            }
            return spelled;
        }
    }
}
