package io.tabot.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A window length as an option's value. */
final class WindowLengths implements ITypeConverter<Integer> {
    /** What a live service gives the strategies, and the longer view that few of them may read. */
    static final int LIVE = 250;

    static final int LIVE_LONG = 300;

    private static final int MAX = 1000;

    @Override
    public Integer convert(String text) {
        try {
            var length = Integer.parseInt(text.strip());
            if (1 <= length && length <= MAX) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException("'" + text + "' is not a whole number from 1 to " + MAX);
    }
}
