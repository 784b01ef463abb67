package io.tabot.nats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message of one candle as nearly all are written, in one pass and without a tree. Whatever is out of the
 * ordinary it leaves to {@link NativeCandleDecoder}, which also knows what to say about it.
 */
final class PlainCandle {
    private static final int OPEN = 0;
    private static final int HIGH = 1;
    private static final int LOW = 2;
    private static final int CLOSE = 3;
    private static final int VOLUME = 4;
    private static final int OPEN_TIME = 5;
    private static final int FIELDS = 6;

    private final JsonParser parser;
    private final Symbol symbol;
    private final Timeframe timeframe;
    private final double[] numbers = new double[OPEN_TIME];
    private long openTime;
    /** A bit for each field. */
    private int seen;

    private PlainCandle(JsonParser parser, Symbol symbol, Timeframe timeframe) {
        this.parser = parser;
        this.symbol = symbol;
        this.timeframe = timeframe;
    }

    /** The candle, or null where the message is not that plain. */
    static @Nullable Candle read(byte[] body, Symbol symbol, Timeframe timeframe) {
        if (body.length > JsonFields.BODY_BYTES_MAX) {
            return null;
        }
        try (var parser = JsonFields.parser(body)) {
            return new PlainCandle(parser, symbol, timeframe).candle();
        } catch (IOException | IllegalArgumentException _) {
            return null;
        }
    }

    private @Nullable Candle candle() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!isRead(name, parser.nextToken())) {
                return null;
            }
        }
        var isWhole = seen == (1 << FIELDS) - 1 && parser.nextToken() == null;
        return isWhole && Times.isPossible(openTime) && timeframe.isOpenTime(openTime)
                ? new Candle(openTime, numbers[OPEN], numbers[HIGH], numbers[LOW], numbers[CLOSE], numbers[VOLUME])
                : null;
    }

    private boolean isRead(String name, JsonToken value) throws IOException {
        return switch (name) {
            case "open_time" -> isOpenTime(value);
            case "open" -> isNumber(OPEN, value);
            case "high" -> isNumber(HIGH, value);
            case "low" -> isNumber(LOW, value);
            case "close" -> isNumber(CLOSE, value);
            case "volume" -> isNumber(VOLUME, value);
            case "symbol" -> isText(value, symbol.name());
            case "timeframe", "period" -> isText(value, timeframe.id());
            case "closed" -> value == JsonToken.VALUE_TRUE;
            case "candles" -> false;
            default -> {
                parser.skipChildren();
                yield true;
            }
        };
    }

    private boolean isOpenTime(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || !isNew(OPEN_TIME)) {
            return false;
        }
        openTime = parser.getLongValue();
        return true;
    }

    private boolean isNumber(int field, JsonToken value) throws IOException {
        numbers[field] = number(value);
        return isNew(field) && !Double.isNaN(numbers[field]);
    }

    private boolean isNew(int field) {
        var before = seen;
        seen |= 1 << field;
        return seen != before;
    }

    private boolean isText(JsonToken value, String expected) throws IOException {
        return value == JsonToken.VALUE_STRING && parser.getText().equals(expected);
    }

    /** NaN for what is not plainly a number. */
    private double number(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return PlainDecimal.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        if (value == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        return value == JsonToken.VALUE_NUMBER_FLOAT ? parser.getDoubleValue() : Double.NaN;
    }
}
