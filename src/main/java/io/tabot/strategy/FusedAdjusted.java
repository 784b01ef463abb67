package io.tabot.strategy;

import io.tabot.indicator.fused.AdjustedAverages;
import io.tabot.indicator.fused.Changes;
import io.tabot.market.CandleSeries;
import org.jspecify.annotations.Nullable;

/** The indicators made of averages with adjusted weights, and the means over the newest candles. */
final class FusedAdjusted extends FusedGroup {
    private static final int PERIOD_MIN = 2;

    private final Changes changes = new Changes();
    private final AdjustedAverages averages = new AdjustedAverages();
    private CandleSeries candles;
    private int from;
    private int length;
    private @Nullable IndicatorSlot rsi;

    FusedAdjusted(CandleSeries candles) {
        super(
                SharedIndicator.EMA_ADJUSTED,
                SharedIndicator.RSI_ADJUSTED,
                SharedIndicator.NEWEST_AVERAGE,
                SharedIndicator.NEWEST_VOLUME_AVERAGE);
        this.candles = candles;
    }

    @Override
    void turnTo(CandleSeries candles, RuleSet ruleSet) {
        this.candles = candles;
        from = candles.from();
        length = candles.length();
        rsi = null;
        averages.begin(length);
    }

    @Override
    boolean isTaken(SharedIndicator kind, IndicatorSlot slot) {
        if (slot.first() < PERIOD_MIN || slot.first() > length) {
            return false;
        }
        slot.reserve(kind.lines(), length);
        return switch (kind) {
            case EMA_ADJUSTED -> ema(slot);
            case RSI_ADJUSTED -> rsi(slot);
            case NEWEST_AVERAGE -> mean(slot, candles.closes());
            case NEWEST_VOLUME_AVERAGE -> mean(slot, candles.volumes());
            case RSI, EMA, MOVING_AVERAGE, VOLUME_AVERAGE, ADX, ATR, MACD, VWAP, WICK_RATIO -> false;
        };
    }

    private boolean ema(IndicatorSlot slot) {
        var hasRoom = averages.hasRoomForEma();
        if (hasRoom) {
            averages.ema(slot.first(), slot.line(0));
        }
        return hasRoom;
    }

    private boolean rsi(IndicatorSlot slot) {
        if (rsi != null) {
            return false;
        }
        rsi = slot;
        changes.begin(candles.highs(), candles.lows(), candles.closes(), from, length);
        changes.gainsAndLosses(slot.line(1), slot.line(2));
        averages.rsi(slot.first(), slot.line(1), slot.line(2));
        return true;
    }

    private boolean mean(IndicatorSlot slot, double[] values) {
        var hasRoom = averages.hasRoomForMean();
        if (hasRoom) {
            averages.mean(slot.first(), values, slot.line(0));
        }
        return hasRoom;
    }

    @Override
    void compute() {
        averages.run(candles.closes(), from, length);
    }

    @Override
    boolean finish(SharedIndicator kind, IndicatorSlot slot) {
        if (kind != SharedIndicator.RSI_ADJUSTED) {
            return slot.endsFinite(0, 0, length);
        }
        changes.rsiAdjusted(slot.line(1), slot.line(2), slot.first(), slot.line(0));
        return slot.endsFinite(1, 2, length);
    }
}
