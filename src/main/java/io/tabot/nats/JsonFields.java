package io.tabot.nats;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleRejection;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the fields of a candle out of JSON and says exactly what is wrong with the first that is not right. */
final class JsonFields {
    static final int BODY_BYTES_MAX = 256 * 1024;
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final int DECIMAL_LENGTH_MAX = 64;
    private static final char DELETE = '\u007f';
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .build())
            .build();
    private static final ObjectReader READER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonFields() {}

    /** Within the same bounds as {@link #object}. */
    static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(body);
    }

    static JsonNode object(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw new Refusal(CandleRejection.TOO_LARGE, body.length + " bytes, at most " + BODY_BYTES_MAX);
        }
        var node = tree(body);
        if (node.isMissingNode()) {
            throw new Refusal(CandleRejection.NOT_JSON, "an empty message");
        }
        if (!node.isObject()) {
            throw new Refusal(CandleRejection.NOT_AN_OBJECT, "a JSON " + node.getNodeType());
        }
        return node;
    }

    /** The candle whose fields have these names, closed, and aligned to its timeframe. */
    static Candle candle(JsonNode node, Names names, Timeframe timeframe) {
        var openTime = epochMillis(required(node, names.openTime()), names.openTime());
        if (!timeframe.isOpenTime(openTime)) {
            throw new Refusal(CandleRejection.MISALIGNED, openTime + " is no open time of " + timeframe);
        }
        try {
            return new Candle(
                    openTime,
                    number(node, names.open()),
                    number(node, names.high()),
                    number(node, names.low()),
                    number(node, names.close()),
                    number(node, names.volume()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(CandleRejection.INVALID_CANDLE, String.valueOf(e.getMessage()));
        }
    }

    static boolean flag(JsonNode node, String name, boolean absent) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw new Refusal(CandleRejection.WRONG_TYPE, name + " is neither true nor false: " + value);
        }
        return value.booleanValue();
    }

    static Optional<String> text(JsonNode node, String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Refusal(CandleRejection.WRONG_TYPE, name + " is no string: " + value);
        }
        return Optional.of(value.textValue());
    }

    static Symbol symbol(String name) {
        if (!isSymbol(name)) {
            throw new Refusal(CandleRejection.INVALID_SYMBOL, "'" + name + "'");
        }
        return new Symbol(name);
    }

    /** What may be one part of a subject. */
    private static boolean isSymbol(String name) {
        for (var i = 0; i < name.length(); i++) {
            var character = name.charAt(i);
            if (character <= ' ' || character == '.' || character == '*' || character == '>' || character == DELETE) {
                return false;
            }
        }
        return !name.isBlank() && name.length() <= Symbol.NAME_LENGTH_MAX;
    }

    static Timeframe timeframe(String id) {
        return Timeframe.of(id).orElseThrow(() -> new Refusal(CandleRejection.UNKNOWN_TIMEFRAME, "'" + id + "'"));
    }

    static JsonNode required(JsonNode node, String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw new Refusal(CandleRejection.MISSING_FIELD, name);
        }
        return value;
    }

    private static double number(JsonNode node, String name) {
        var value = required(node, name);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (!value.isTextual() || !isDecimal(value.textValue())) {
            throw new Refusal(CandleRejection.NOT_A_NUMBER, name + ": " + value);
        }
        return Double.parseDouble(value.textValue());
    }

    private static long epochMillis(JsonNode value, String name) {
        return Times.epochMillis(value).orElseThrow(() -> new Refusal(CandleRejection.NOT_A_TIME, name + ": " + value));
    }

    /** Java's own parser would also take NaN, hexadecimal and a trailing f. */
    private static boolean isDecimal(String text) {
        return text.length() <= DECIMAL_LENGTH_MAX
                && (isPlain(text) || DECIMAL.matcher(text).matches());
    }

    /** Digits with a point between them, as nearly all are: cheaper to tell than by the pattern. */
    private static boolean isPlain(String text) {
        var points = 0;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '.' && i > 0 && i < text.length() - 1) {
                points++;
            } else if (character < '0' || character > '9') {
                return false;
            }
        }
        return points <= 1 && !text.isEmpty();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return READER.readTree(body);
        } catch (JacksonException e) {
            throw new Refusal(CandleRejection.NOT_JSON, String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new Refusal(CandleRejection.NOT_JSON, String.valueOf(e.getMessage()));
        }
    }

    /** What a message shape calls the fields of a candle. */
    record Names(String openTime, String open, String high, String low, String close, String volume) {
        static final Names NATIVE = new Names("open_time", "open", "high", "low", "close", "volume");
        static final Names OLD = new Names("timestamp", "open", "high", "low", "close", "volume");
        static final Names KLINE = new Names("t", "o", "h", "l", "c", "v");
    }
}
