package io.tabot.strategy;

import io.tabot.indicator.fused.Changes;
import io.tabot.indicator.fused.CloseAverages;
import io.tabot.indicator.fused.DirectionalIndex;
import io.tabot.indicator.fused.WilderAverages;
import io.tabot.market.CandleSeries;
import org.jspecify.annotations.Nullable;

/** The indicators made of averages that start with a mean: EMA, MACD, RSI, ATR and ADX. */
final class FusedCloses extends FusedGroup {
    private static final int PERIOD_MIN = 2;

    private final Changes changes = new Changes();
    private final CloseAverages closeAverages = new CloseAverages();
    private final WilderAverages wilderAverages = new WilderAverages();
    private int length;
    private double epsilon;
    private @Nullable IndicatorSlot macd;

    FusedCloses() {
        super(SharedIndicator.EMA, SharedIndicator.MACD, SharedIndicator.RSI, SharedIndicator.ATR, SharedIndicator.ADX);
    }

    @Override
    void turnTo(CandleSeries candles, RuleSet ruleSet) {
        var from = candles.from();
        length = candles.length();
        epsilon = SharedIndicator.epsilon(ruleSet);
        macd = null;
        closeAverages.begin(candles.closes(), from, length);
        changes.begin(candles.highs(), candles.lows(), candles.closes(), from, length);
        wilderAverages.begin(length);
    }

    @Override
    boolean isTaken(SharedIndicator kind, IndicatorSlot slot) {
        var period = slot.first();
        if (period < PERIOD_MIN || period > length) {
            return false;
        }
        slot.reserve(kind.lines(), length);
        return switch (kind) {
            case EMA -> ema(slot);
            case MACD -> macd(slot);
            case RSI -> rsi(slot);
            case ATR -> atr(slot);
            case ADX -> adx(slot);
            case RSI_ADJUSTED, EMA_ADJUSTED, MOVING_AVERAGE, VOLUME_AVERAGE -> false;
            case NEWEST_AVERAGE, NEWEST_VOLUME_AVERAGE, VWAP, WICK_RATIO -> false;
        };
    }

    private boolean ema(IndicatorSlot slot) {
        var hasRoom = closeAverages.hasRoom();
        if (hasRoom) {
            closeAverages.ema(slot.first(), slot.line(0));
        }
        return hasRoom;
    }

    private boolean macd(IndicatorSlot slot) {
        var fits = slot.second() > slot.first() && slot.third() > 0 && slot.second() + slot.third() <= length;
        if (macd != null || !fits) {
            return false;
        }
        macd = slot;
        closeAverages.macd(slot.first(), slot.second(), slot.third(), slot.line(0), slot.line(1), slot.line(2));
        return true;
    }

    private boolean rsi(IndicatorSlot slot) {
        if (!wilderAverages.hasRoomFor(2)) {
            return false;
        }
        changes.gainsAndLosses(slot.line(1), slot.line(2));
        wilderAverages.average(slot.first(), slot.line(1));
        wilderAverages.average(slot.first(), slot.line(2));
        return true;
    }

    private boolean atr(IndicatorSlot slot) {
        if (!wilderAverages.hasRoomFor(1)) {
            return false;
        }
        changes.trueRanges(epsilon, slot.line(0));
        wilderAverages.average(slot.first(), slot.line(0));
        return true;
    }

    private boolean adx(IndicatorSlot slot) {
        changes.trueRanges(epsilon, slot.line(1));
        changes.risesAndFalls(epsilon, slot.line(2), slot.line(3));
        DirectionalIndex.adx(slot.first(), slot.line(1), slot.line(2), slot.line(3), length, slot.line(0));
        return true;
    }

    @Override
    void compute() {
        wilderAverages.run(length);
        closeAverages.run();
    }

    @Override
    boolean finish(SharedIndicator kind, IndicatorSlot slot) {
        if (kind != SharedIndicator.RSI) {
            return slot.endsFinite(0, kind == SharedIndicator.MACD ? 1 : 0, length);
        }
        changes.rsi(slot.line(1), slot.line(2), slot.line(0));
        return slot.endsFinite(1, 2, length);
    }
}
