package io.tabot.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.nats.JsonFields.Names;
import io.tabot.signal.CandleRejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own message: the subject ends in symbol and timeframe, the body is one candle. Also takes the older shape, a
 * list {@code candles} with {@code timestamp} for the open time.
 */
final class NativeCandleDecoder implements CandleDecoder {
    @Override
    public Decoded decode(String subject, byte[] body) {
        try {
            var beforeTimeframe = subject.lastIndexOf('.');
            if (beforeTimeframe < 0) {
                throw new Refusal(CandleRejection.SUBJECT_MISMATCH, "no symbol and timeframe at the end");
            }
            var beforeSymbol = subject.lastIndexOf('.', beforeTimeframe - 1);
            var symbol = JsonFields.symbol(subject.substring(beforeSymbol + 1, beforeTimeframe));
            var timeframe = JsonFields.timeframe(subject.substring(beforeTimeframe + 1));
            var plain = PlainCandle.read(body, symbol, timeframe);
            return plain == null
                    ? thoroughly(symbol, timeframe, body)
                    : new Decoded.Candles(symbol, timeframe, List.of(plain));
        } catch (Refusal refusal) {
            return refusal.rejected();
        }
    }

    /** Every way to write it, and what is wrong with one that can't be read. */
    static Decoded thoroughly(Symbol symbol, Timeframe timeframe, byte[] body) {
        var node = JsonFields.object(body);
        requireSame(node, "symbol", symbol.name());
        requireSame(node, "timeframe", timeframe.id());
        requireSame(node, "period", timeframe.id());
        return candles(symbol, timeframe, node);
    }

    private static Decoded candles(Symbol symbol, Timeframe timeframe, JsonNode node) {
        var list = node.path("candles");
        var closed =
                list.isArray() ? closed(list, Names.OLD, timeframe) : closed(List.of(node), Names.NATIVE, timeframe);
        return closed.isEmpty()
                ? new Decoded.Rejected(CandleRejection.NOT_CLOSED, "closed is false")
                : new Decoded.Candles(symbol, timeframe, closed);
    }

    private static List<Candle> closed(Iterable<JsonNode> nodes, Names names, Timeframe timeframe) {
        var candles = new ArrayList<Candle>();
        var any = false;
        for (var node : nodes) {
            any = true;
            if (JsonFields.flag(node, "closed", true)) {
                candles.add(JsonFields.candle(node, names, timeframe));
            }
        }
        if (!any) {
            throw new Refusal(CandleRejection.MISSING_FIELD, "candles is empty");
        }
        return candles;
    }

    private static void requireSame(JsonNode node, String name, String inSubject) {
        JsonFields.text(node, name).filter(value -> !value.equals(inSubject)).ifPresent(value -> {
            throw new Refusal(
                    CandleRejection.SUBJECT_MISMATCH, name + " is '" + value + "', in the subject '" + inSubject + "'");
        });
    }
}
