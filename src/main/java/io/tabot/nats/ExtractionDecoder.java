package io.tabot.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleRejection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The extractor's word that it has stored klines, of one symbol or of a batch. It names no candle, and its time is not
 * read: many senders write one that is no time. What failed and what is no kline is not for us.
 */
final class ExtractionDecoder implements CandleDecoder {
    private static final Decoded NOT_FOR_US = new Decoded.NotForUs();
    private static final Set<String> EVENTS = Set.of("extraction_completed", "batch_extraction_completed");
    private static final String KLINES = "klines";
    private static final String GAPS = "klines_gap_filling";
    private static final int SYMBOLS_MAX = 1_000;

    /** The Python bot publishes a notice about it at each start, to itself. */
    private static final String SELF_TEST = "SELFTEST";

    @Override
    public Decoded decode(String subject, byte[] body) {
        try {
            return notice(JsonFields.object(body));
        } catch (Refusal refusal) {
            return refusal.rejected();
        }
    }

    private static Decoded notice(JsonNode root) {
        var type = JsonFields.text(root, "extraction_type").orElse(KLINES);
        var isKlines = type.equals(KLINES);
        var isPast = type.equals(GAPS);
        if (!JsonFields.text(root, "event_type").map(EVENTS::contains).orElse(true)
                || !isKlines && !isPast
                || !JsonFields.flag(root, "success", true)) {
            return NOT_FOR_US;
        }
        var symbols = symbols(root);
        return symbols.isEmpty() ? NOT_FOR_US : new Decoded.Notice(symbols, timeframe(root), isPast);
    }

    private static Timeframe timeframe(JsonNode root) {
        var period = JsonFields.text(root, "period").or(() -> JsonFields.text(root, "timeframe"));
        return JsonFields.timeframe(period.orElseThrow(() -> new Refusal(CandleRejection.MISSING_FIELD, "period")));
    }

    private static List<Symbol> symbols(JsonNode root) {
        var symbols = new LinkedHashSet<Symbol>();
        for (var name : names(root)) {
            if (!name.equals(SELF_TEST)) {
                symbols.add(JsonFields.symbol(name));
            }
        }
        return List.copyOf(symbols);
    }

    private static List<String> names(JsonNode root) {
        var batch = root.path("symbols");
        if (batch.isMissingNode() || batch.isNull()) {
            return List.of(JsonFields.text(root, "symbol")
                    .orElseThrow(() -> new Refusal(CandleRejection.MISSING_FIELD, "symbol")));
        }
        if (!batch.isArray()) {
            throw new Refusal(CandleRejection.WRONG_TYPE, "symbols is a JSON " + batch.getNodeType());
        }
        if (batch.size() > SYMBOLS_MAX) {
            throw new Refusal(CandleRejection.TOO_LARGE, batch.size() + " symbols, at most " + SYMBOLS_MAX);
        }
        var names = new ArrayList<String>(batch.size());
        for (var name : batch) {
            if (!name.isTextual()) {
                throw new Refusal(CandleRejection.WRONG_TYPE, "a symbol is no string: " + name);
            }
            names.add(name.textValue());
        }
        return names;
    }
}
