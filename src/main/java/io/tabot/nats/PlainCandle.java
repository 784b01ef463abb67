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
    private static final int OPEN_TIME = 1;
    private static final int OPEN = 1 << 1;
    private static final int HIGH = 1 << 2;
    private static final int LOW = 1 << 3;
    private static final int CLOSE = 1 << 4;
    private static final int VOLUME = 1 << 5;
    private static final int ALL = OPEN_TIME | OPEN | HIGH | LOW | CLOSE | VOLUME;

    private final JsonParser parser;
    private final Symbol symbol;
    private final Timeframe timeframe;
    private int seen;
    private long openTime;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;

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
        var isWhole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null && seen == ALL;
        return isWhole && Times.isPossible(openTime) && timeframe.isOpenTime(openTime)
                ? new Candle(openTime, open, high, low, close, volume)
                : null;
    }

    private boolean isRead(String name, JsonToken value) throws IOException {
        switch (name) {
            case "open_time" -> openTime = isNew(OPEN_TIME) && value == JsonToken.VALUE_NUMBER_INT ? whole() : -1;
            case "open" -> open = isNew(OPEN) ? number(value) : Double.NaN;
            case "high" -> high = isNew(HIGH) ? number(value) : Double.NaN;
            case "low" -> low = isNew(LOW) ? number(value) : Double.NaN;
            case "close" -> close = isNew(CLOSE) ? number(value) : Double.NaN;
            case "volume" -> volume = isNew(VOLUME) ? number(value) : Double.NaN;
            case "symbol" -> {
                return isText(value, symbol.name());
            }
            case "timeframe", "period" -> {
                return isText(value, timeframe.id());
            }
            case "closed" -> {
                return value == JsonToken.VALUE_TRUE;
            }
            case "candles" -> {
                return false;
            }
            default -> parser.skipChildren();
        }
        return true;
    }

    private boolean isNew(int field) {
        var isNew = (seen & field) == 0;
        seen |= field;
        return isNew;
    }

    private boolean isText(JsonToken value, String expected) throws IOException {
        return value == JsonToken.VALUE_STRING && parser.getText().equals(expected);
    }

    private long whole() throws IOException {
        return parser.getLongValue();
    }

    /** NaN, which no candle may have, for what is not plainly a number. */
    private double number(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return PlainDecimal.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        if (value == JsonToken.VALUE_NUMBER_INT) {
            return whole();
        }
        return value == JsonToken.VALUE_NUMBER_FLOAT ? parser.getDoubleValue() : Double.NaN;
    }
}
