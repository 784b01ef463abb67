package io.tabot.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.nats.JsonFields.Names;
import io.tabot.signal.CandleRejection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The kline event of Binance, bare or in an envelope with {@code data}. It often shares a subject with trades and
 * depth updates, a thousand a second, so these are told apart by their bytes before any JSON is read.
 */
final class KlineDecoder implements CandleDecoder {
    private static final byte[] MARK = "\"kline\"".getBytes(StandardCharsets.US_ASCII);
    private static final Decoded NOT_FOR_US = new Decoded.NotForUs();

    @Override
    public Decoded decode(String subject, byte[] body) {
        if (!contains(body, MARK)) {
            return NOT_FOR_US;
        }
        try {
            var root = JsonFields.object(body);
            var event = root.path("data").isObject() ? root.path("data") : root;
            return event.path("e").asText().equals("kline") ? kline(event) : NOT_FOR_US;
        } catch (Refusal refusal) {
            return refusal.rejected();
        }
    }

    private static Decoded kline(JsonNode event) {
        var kline = JsonFields.required(event, "k");
        if (!kline.isObject()) {
            throw new Refusal(CandleRejection.NOT_AN_OBJECT, "k is a JSON " + kline.getNodeType());
        }
        JsonFields.required(kline, "x");
        if (!JsonFields.flag(kline, "x", false)) {
            return new Decoded.Rejected(CandleRejection.NOT_CLOSED, "x is false");
        }
        var symbol = JsonFields.symbol(requiredText(kline, "s"));
        var timeframe = JsonFields.timeframe(requiredText(kline, "i"));
        return new Decoded.Candles(symbol, timeframe, List.of(JsonFields.candle(kline, Names.KLINE, timeframe)));
    }

    private static String requiredText(JsonNode node, String name) {
        return JsonFields.text(node, name).orElseThrow(() -> new Refusal(CandleRejection.MISSING_FIELD, name));
    }

    private static boolean contains(byte[] body, byte[] mark) {
        var last = body.length - mark.length;
        for (int start = 0; start <= last; start++) {
            if (body[start] == mark[0] && matches(body, start, mark)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] body, int start, byte[] mark) {
        for (int i = 1; i < mark.length; i++) {
            if (body[start + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
