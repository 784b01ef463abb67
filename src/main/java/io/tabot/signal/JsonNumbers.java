package io.tabot.signal;

/**
 * Numbers as JSON, remembered: prices repeat among the signals of a candle, and thresholds from one candle to the next.
 * Each has one place, which it may have to share: the newest is there. All of it is two arrays, a few KB, to be in a
 * cache when it is needed.
 */
final class JsonNumbers {
    /** What any number needs at most. */
    static final int LENGTH_MAX = "\"-2.2250738585072014E-308\"".length();

    private static final int PLACE_BITS = 8;
    private static final int PLACES = 1 << PLACE_BITS;

    /** Spreads hashes that differ in a few bits only; odd, close to a golden ratio of all ints. */
    private static final int SPREAD = 0x9E3779B9;

    private final long[] numbers = new long[PLACES];

    /** For each place the length, and then so many characters. */
    private final byte[] spellings = new byte[PLACES * (1 + LENGTH_MAX)];

    /** Returns the end of it. The target has room for {@link #LENGTH_MAX} bytes. */
    int write(double number, byte[] target, int from) {
        var bits = Double.doubleToRawLongBits(number);
        var place = (Long.hashCode(bits) * SPREAD) >>> (Integer.SIZE - PLACE_BITS);
        var at = place * (1 + LENGTH_MAX);
        // A place that was never used has no length, and its number is that of 0.0.
        if (numbers[place] != bits || spellings[at] == 0) {
            numbers[place] = bits;
            remember(spelled(number), at);
        }
        // A copy of constant length costs less than one of the right length.
        System.arraycopy(spellings, at + 1, target, from, LENGTH_MAX);
        return from + spellings[at];
    }

    /** The deprecated method drops what is not Latin-1, and in numbers nothing is. */
    @SuppressWarnings("deprecation")
    private void remember(String spelling, int at) {
        spellings[at] = (byte) spelling.length();
        spelling.getBytes(0, spelling.length(), spellings, at + 1);
    }

    /** JSON has no word for NaN and infinity: Jackson writes them as texts. */
    private static String spelled(double number) {
        var text = Double.toString(number);
        return Double.isFinite(number) ? text : '"' + text + '"';
    }
}
