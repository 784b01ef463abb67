package io.tabot.backtest;

import io.tabot.market.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.AnalysisCriterion;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseTradingRecord;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.analysis.cost.CostModel;
import org.ta4j.core.analysis.cost.LinearTransactionCostModel;
import org.ta4j.core.analysis.cost.ZeroCostModel;
import org.ta4j.core.criteria.NumberOfPositionsCriterion;
import org.ta4j.core.criteria.PositionsRatioCriterion;
import org.ta4j.core.criteria.ReturnRepresentation;
import org.ta4j.core.criteria.SharpeRatioCriterion;
import org.ta4j.core.criteria.drawdown.MaximumDrawdownCriterion;
import org.ta4j.core.criteria.pnl.NetLossCriterion;
import org.ta4j.core.criteria.pnl.NetProfitCriterion;
import org.ta4j.core.criteria.pnl.NetReturnCriterion;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.DoubleNumFactory;

/**
 * The figures, computed by ta4j's criteria. Those of the trades see the trades. Those of the equity see its curve as if
 * it were an instrument, bought at the beginning and sold at the end: ta4j itself takes time that grows with trades
 * times candles, and knows no account of several strategies.
 */
final class Analysis {
    private final CandleTable candles;
    private final Timeframe timeframe;
    private final Costs costs;

    Analysis(CandleTable candles, Timeframe timeframe, Costs costs) {
        this.candles = candles;
        this.timeframe = timeframe;
        this.costs = costs;
    }

    /** Of one account. */
    Criteria of(List<Trade> trades, EquityCurve equity) {
        return criteria(List.of(trades), equity, exposure(trades));
    }

    /** Of several accounts of equal size, with the curve of them all. */
    Criteria ofAll(List<List<Trade>> accounts, EquityCurve equity) {
        return criteria(
                accounts,
                equity,
                accounts.stream().mapToDouble(this::exposure).average().orElse(0));
    }

    private Criteria criteria(List<List<Trade>> accounts, EquityCurve equity, double exposure) {
        var curve = series(equity);
        var held = held(equity);
        var record = record(accounts);
        var count = (int) value(new NumberOfPositionsCriterion(), curve, record);
        return new Criteria(
                count,
                count == 0 ? null : value(PositionsRatioCriterion.WinningPositionsRatioCriterion(), curve, record),
                value(new NetReturnCriterion(ReturnRepresentation.DECIMAL), curve, held),
                value(new MaximumDrawdownCriterion(), curve, held),
                count == 0 ? null : value(new SharpeRatioCriterion(), curve, held),
                profitFactor(curve, record),
                exposure);
    }

    private static @Nullable Double profitFactor(BarSeries curve, TradingRecord record) {
        var loss = value(new NetLossCriterion(), curve, record);
        return loss == 0 ? null : value(new NetProfitCriterion(), curve, record) / -loss;
    }

    /** ta4j counts the candle of a position that was turned around twice, so this is counted here. */
    private double exposure(List<Trade> trades) {
        var held = 0;
        var next = 0;
        for (var trade : trades) {
            held += trade.exit() + 1 - Math.max(trade.entry(), next);
            next = trade.exit() + 1;
        }
        return candles.size() == 0 ? 0 : (double) held / candles.size();
    }

    private BarSeries series(EquityCurve equity) {
        var bars = new ArrayList<Bar>(equity.size());
        for (var i = 0; i < equity.size(); i++) {
            var begin = Instant.ofEpochMilli(candles.openTime(i));
            var value = DoubleNum.valueOf(equity.at(i));
            var none = DoubleNum.ZERO;
            var period = timeframe.longest();
            bars.add(new BaseBar(period, begin, null, value, value, value, value, none, none, 0));
        }
        return new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .withBars(bars)
                .build();
    }

    private static TradingRecord held(EquityCurve equity) {
        var last = equity.size() - 1;
        return new BaseTradingRecord(
                org.ta4j.core.Trade.buyAt(0, DoubleNum.valueOf(equity.at(0)), DoubleNum.valueOf(1)),
                org.ta4j.core.Trade.sellAt(last, DoubleNum.valueOf(equity.at(last)), DoubleNum.valueOf(1)));
    }

    /** Every account starts with the same capital and puts all it has into each trade. */
    private TradingRecord record(List<List<Trade>> accounts) {
        var fees = new LinearTransactionCostModel(costs.fee());
        var fills = new ArrayList<org.ta4j.core.Trade>();
        for (var trades : accounts) {
            var capital = 1.0;
            for (var trade : trades) {
                var amount = capital / trade.side().netEntry(trade.entryPrice(), costs);
                fills.add(fill(trade.side() == Side.LONG, trade.entry(), trade.entryPrice(), amount, fees));
                fills.add(fill(trade.side() == Side.SHORT, trade.exit(), trade.exitPrice(), amount, fees));
                capital *= trade.growth();
            }
        }
        return fills.isEmpty()
                ? new BaseTradingRecord()
                : new BaseTradingRecord(fees, new ZeroCostModel(), fills.toArray(org.ta4j.core.Trade[]::new));
    }

    private static org.ta4j.core.Trade fill(boolean isBuy, int index, double price, double amount, CostModel fees) {
        return isBuy
                ? org.ta4j.core.Trade.buyAt(index, DoubleNum.valueOf(price), DoubleNum.valueOf(amount), fees)
                : org.ta4j.core.Trade.sellAt(index, DoubleNum.valueOf(price), DoubleNum.valueOf(amount), fees);
    }

    private static double value(AnalysisCriterion criterion, BarSeries series, TradingRecord record) {
        return criterion.calculate(series, record).doubleValue();
    }
}
