package io.tabot.backtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tabot.backtest.BacktestReport.StrategyReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as JSON: the same bytes for the same candles and scenario. Times are open times of candles. */
public final class BacktestJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final BacktestReport report;
    private final JsonGenerator json;

    private BacktestJson(BacktestReport report, JsonGenerator json) {
        this.report = report;
        this.json = json;
    }

    /** UTF-8, with a line feed at the end. Does not close the stream. */
    public static void write(BacktestReport report, OutputStream out) throws IOException {
        var json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        new BacktestJson(report, json).write();
        json.writeRaw('\n');
        json.flush();
    }

    private void write() throws IOException {
        json.writeStartObject();
        scenario();
        json.writeObjectFieldStart("total");
        criteria(report.total());
        equity(report.equity());
        json.writeEndObject();
        json.writeArrayFieldStart("strategies");
        for (var strategy : report.strategies()) {
            strategy(strategy);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void scenario() throws IOException {
        var scenario = report.scenario();
        json.writeStringField("symbol", scenario.symbol().name());
        json.writeStringField("timeframe", scenario.timeframe().id());
        json.writeStringField("rule_set", scenario.config().ruleSet().id());
        json.writeNumberField("candle_count", report.candles().size());
        json.writeStringField("from", time(0));
        json.writeStringField("to", time(report.candles().size() - 1));
        json.writeNumberField("fee", scenario.costs().fee());
        json.writeNumberField("slippage", scenario.costs().slippage());
        json.writeNumberField("min_confidence", scenario.config().confidenceMin());
        json.writeNumberField("max_confidence", scenario.config().confidenceMax());
    }

    private void strategy(StrategyReport strategy) throws IOException {
        var result = strategy.result();
        json.writeStartObject();
        json.writeStringField("strategy_id", strategy.id());
        json.writeStringField("parameters_hash", result.strategy().parametersHash());
        criteria(strategy.criteria());
        json.writeNumberField("signal_count", result.decisions());
        skipped(result.skipped());
        json.writeArrayFieldStart("trades");
        for (var trade : result.trades()) {
            trade(trade);
        }
        json.writeEndArray();
        equity(strategy.equity());
        json.writeEndObject();
    }

    private void criteria(Criteria criteria) throws IOException {
        json.writeObjectFieldStart("criteria");
        json.writeNumberField("trades", criteria.trades());
        number("win_rate", criteria.winRate());
        number("total_return", criteria.totalReturn());
        number("max_drawdown", criteria.maxDrawdown());
        number("sharpe_ratio", criteria.sharpeRatio());
        number("profit_factor", criteria.profitFactor());
        number("exposure", criteria.exposure());
        json.writeEndObject();
    }

    private void skipped(Skipped skipped) throws IOException {
        json.writeObjectFieldStart("skipped");
        json.writeNumberField("hold", skipped.hold());
        json.writeNumberField("in_position", skipped.inPosition());
        json.writeNumberField("not_reached", skipped.notReached());
        json.writeNumberField("passed", skipped.passed());
        json.writeNumberField("other", skipped.other());
        json.writeEndObject();
    }

    private void trade(Trade trade) throws IOException {
        json.writeStartObject();
        json.writeStringField("side", name(trade.side()));
        json.writeStringField("entry_time", time(trade.entry()));
        json.writeNumberField("entry_price", trade.entryPrice());
        json.writeNumberField("stop_loss", trade.stopLoss());
        json.writeNumberField("take_profit", trade.takeProfit());
        json.writeStringField("exit_time", time(trade.exit()));
        json.writeNumberField("exit_price", trade.exitPrice());
        json.writeStringField("exit_reason", name(trade.reason()));
        json.writeNumberField("return", trade.profit());
        json.writeEndObject();
    }

    private void equity(List<EquityCurve.Point> points) throws IOException {
        json.writeArrayFieldStart("equity");
        for (var point : points) {
            json.writeStartArray();
            json.writeString(time(point.candle()));
            json.writeNumber(point.equity());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void number(String name, @Nullable Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private String time(int candle) {
        return Instant.ofEpochMilli(report.candles().openTime(candle)).toString();
    }

    /** The constants are the names on the wire, in capitals. */
    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
