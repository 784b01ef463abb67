package io.tabot.backtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import io.tabot.backtest.BacktestReport.StrategyReport;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report as one page of HTML that needs nothing else. Long series stay usable: candles are merged until they can be
 * drawn, and of very many trades the newest are shown.
 */
public final class BacktestPage {
    private static final int BARS_MAX = 4000;
    private static final int TRADES_MAX = 2000;
    private static final MathContext DIGITS = new MathContext(8);

    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new ForScripts());

    private final BacktestReport report;
    private final CandleTable candles;
    private final JsonGenerator json;

    private BacktestPage(BacktestReport report, JsonGenerator json) {
        this.report = report;
        this.candles = report.candles();
        this.json = json;
    }

    /** UTF-8. Does not close the stream. */
    public static void write(BacktestReport report, OutputStream out) throws IOException {
        var page = resource("page.html");
        var style = page.indexOf("@STYLE@");
        var data = page.indexOf("@DATA@");
        var script = page.indexOf("@SCRIPT@");
        text(page.substring(0, style) + resource("page.css"), out);
        text(page.substring(style + "@STYLE@".length(), data), out);
        var json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        new BacktestPage(report, json).data();
        json.flush();
        text(page.substring(data + "@DATA@".length(), script) + resource("page.js"), out);
        text(page.substring(script + "@SCRIPT@".length()), out);
    }

    private void data() throws IOException {
        var scenario = report.scenario();
        json.writeStartObject();
        json.writeStringField("symbol", scenario.symbol().name());
        json.writeStringField("timeframe", scenario.timeframe().id());
        json.writeStringField("ruleSet", scenario.config().ruleSet().id());
        json.writeNumberField("candleCount", candles.size());
        json.writeNumberField("from", candles.openTime(0));
        json.writeNumberField("to", candles.openTime(candles.size() - 1));
        json.writeNumberField("fee", scenario.costs().fee());
        json.writeNumberField("slippage", scenario.costs().slippage());
        json.writeNumberField("minConfidence", scenario.config().confidenceMin());
        json.writeNumberField("maxConfidence", scenario.config().confidenceMax());
        equityTimes();
        total();
        json.writeArrayFieldStart("strategies");
        for (var strategy : report.strategies()) {
            strategy(strategy);
        }
        json.writeEndArray();
        bars();
        json.writeEndObject();
    }

    private void equityTimes() throws IOException {
        json.writeArrayFieldStart("equityTime");
        for (var point : report.equity()) {
            json.writeNumber(candles.openTime(point.candle()));
        }
        json.writeEndArray();
    }

    private void total() throws IOException {
        json.writeObjectFieldStart("total");
        var signals = report.strategies().stream()
                .mapToInt(strategy -> strategy.result().decisions())
                .sum();
        figures(signals, report.total(), report.equity());
        json.writeEndObject();
    }

    private void strategy(StrategyReport strategy) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", strategy.id());
        figures(strategy.result().decisions(), strategy.criteria(), strategy.equity());
        json.writeArrayFieldStart("list");
        var trades = strategy.result().trades();
        for (var trade : trades.subList(Math.max(0, trades.size() - TRADES_MAX), trades.size())) {
            trade(trade);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void figures(int signals, Criteria criteria, List<EquityCurve.Point> equity) throws IOException {
        json.writeNumberField("signals", signals);
        json.writeNumberField("trades", criteria.trades());
        number("winRate", criteria.winRate());
        number("totalReturn", criteria.totalReturn());
        number("maxDrawdown", criteria.maxDrawdown());
        number("sharpe", criteria.sharpeRatio());
        number("profitFactor", criteria.profitFactor());
        number("exposure", criteria.exposure());
        json.writeArrayFieldStart("equity");
        for (var point : equity) {
            json.writeNumber(brief(point.equity()));
        }
        json.writeEndArray();
    }

    private void trade(Trade trade) throws IOException {
        json.writeStartArray();
        json.writeNumber(trade.side() == Side.LONG ? 1 : 0);
        json.writeNumber(candles.openTime(trade.entry()));
        json.writeNumber(brief(trade.entryPrice()));
        json.writeNumber(brief(trade.stopLoss()));
        json.writeNumber(brief(trade.takeProfit()));
        json.writeNumber(candles.openTime(trade.exit()));
        json.writeNumber(brief(trade.exitPrice()));
        json.writeNumber(trade.reason().ordinal());
        json.writeNumber(brief(trade.profit()));
        json.writeEndArray();
    }

    private void bars() throws IOException {
        var bars = new MergedBars(candles, BARS_MAX);
        json.writeObjectFieldStart("bars");
        json.writeArrayFieldStart("time");
        for (var bar = 0; bar < bars.count(); bar++) {
            json.writeNumber(bars.openTime(bar));
        }
        json.writeEndArray();
        column("open", bars, bars::open);
        column("high", bars, bars::high);
        column("low", bars, bars::low);
        column("close", bars, bars::close);
        json.writeEndObject();
    }

    private void column(String name, MergedBars bars, java.util.function.IntToDoubleFunction value) throws IOException {
        json.writeArrayFieldStart(name);
        for (var bar = 0; bar < bars.count(); bar++) {
            json.writeNumber(brief(value.applyAsDouble(bar)));
        }
        json.writeEndArray();
    }

    private void number(String name, @Nullable Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, brief(value));
        }
    }

    /** As many digits as anybody sees. */
    private static double brief(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(BacktestPage.class.getResourceAsStream("/backtest/" + name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing in the data can end the element that it stands in, or open another. */
    private static final class ForScripts extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] escapes = standardAsciiEscapesForJSON();

        private ForScripts() {
            escapes['<'] = ESCAPE_STANDARD;
            escapes['>'] = ESCAPE_STANDARD;
            escapes['&'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
