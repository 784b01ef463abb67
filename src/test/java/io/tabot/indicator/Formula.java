package io.tabot.indicator;

import io.tabot.testing.CandleColumns;
import java.util.Arrays;
import java.util.List;

/**
 * One output of one indicator with its periods fixed, as a function over candles, so that tests can treat all alike.
 * {@code priceUnit} tells whether the value is in the unit of the prices, so that it grows with them.
 */
record Formula(String name, int minimumLength, boolean priceUnit, Kernel kernel) {

    interface Kernel {
        void compute(CandleColumns candles, int from, int length, double[] out);
    }

    void compute(CandleColumns candles, int from, int length, double[] out) {
        kernel.compute(candles, from, length, out);
    }

    double[] compute(CandleColumns candles, int from, int length) {
        double[] out = new double[length];
        compute(candles, from, length, out);
        return out;
    }

    boolean absent(int length) {
        return length < minimumLength;
    }

    /** Every indicator there is, with periods made from this one. */
    static List<Formula> all(int period) {
        int slow = period + 1 + period / 2;
        return List.of(
                simple(period),
                seeded(period),
                adjusted(period),
                rma(period),
                rsi(period),
                rsiAdjusted(period),
                macd(period, slow, period),
                macdSignal(period, slow, period),
                macdHistogram(period, slow, period),
                trueRange(),
                atr(period),
                adx(period),
                middle(period),
                band(period, 2.0),
                vwap(),
                wickRatio(),
                highest(period),
                lowest(period),
                midpoint(period),
                spanA(period, slow, slow),
                spanB(period, slow),
                priceRange(period),
                volume(period));
    }

    static Formula simple(int period) {
        int minimum = MovingAverage.minimumLength(period);
        return new Formula("simple", minimum, true, (c, from, length, out) -> {
            MovingAverage.simple(c.close(), from, length, period, out);
        });
    }

    static Formula volume(int period) {
        int minimum = MovingAverage.minimumLength(period);
        return new Formula("volume", minimum, false, (c, from, length, out) -> {
            MovingAverage.simple(c.volume(), from, length, period, out);
        });
    }

    static Formula seeded(int period) {
        return new Formula("ema", Ema.minimumLength(period), true, (c, from, length, out) -> {
            Ema.seeded(c.close(), from, length, period, out);
        });
    }

    static Formula adjusted(int period) {
        return new Formula("ewa", 0, true, (c, from, length, out) -> {
            Ema.adjusted(c.close(), from, length, period, out);
        });
    }

    static Formula rma(int period) {
        return new Formula("rma", Rma.minimumLength(period), true, (c, from, length, out) -> {
            Rma.compute(c.close(), from, length, period, out);
        });
    }

    static Formula rsi(int period) {
        return new Formula("rsi", Rsi.minimumLength(period), false, (c, from, length, out) -> {
            Rsi.wilder(c.close(), from, length, period, out);
        });
    }

    static Formula rsiAdjusted(int period) {
        return new Formula("rsi adjusted", 0, false, (c, from, length, out) -> {
            Rsi.adjusted(c.close(), from, length, period, out);
        });
    }

    static Formula macd(int fast, int slow, int signal) {
        int minimum = Macd.minimumLength(fast, slow, signal);
        return new Formula("macd", minimum, true, (c, from, length, out) -> {
            double[] other = new double[length];
            Macd.compute(c.close(), from, length, fast, slow, signal, out, other, new double[length]);
        });
    }

    static Formula macdSignal(int fast, int slow, int signal) {
        int minimum = Macd.minimumLength(fast, slow, signal);
        return new Formula("macd signal", minimum, true, (c, from, length, out) -> {
            double[] other = new double[length];
            Macd.compute(c.close(), from, length, fast, slow, signal, other, out, new double[length]);
        });
    }

    static Formula macdHistogram(int fast, int slow, int signal) {
        int minimum = Macd.minimumLength(fast, slow, signal);
        return new Formula("macd histogram", minimum, true, (c, from, length, out) -> {
            double[] other = new double[length];
            Macd.compute(c.close(), from, length, fast, slow, signal, other, new double[length], out);
        });
    }

    static Formula trueRange() {
        return new Formula("true range", TrueRange.minimumLength(), true, (c, from, length, out) -> {
            TrueRange.compute(c.high(), c.low(), c.close(), from, length, TrueRange.PANDAS_EPSILON, out);
        });
    }

    static Formula atr(int period) {
        return new Formula("atr", Atr.minimumLength(period), true, (c, from, length, out) -> {
            Atr.compute(c.high(), c.low(), c.close(), from, length, period, TrueRange.PANDAS_EPSILON, out);
        });
    }

    static Formula adx(int period) {
        return new Formula("adx", Adx.minimumLength(period), false, (c, from, length, out) -> {
            Adx.compute(c.high(), c.low(), c.close(), from, length, period, TrueRange.PANDAS_EPSILON, out);
        });
    }

    static Formula middle(int period) {
        return new Formula("bollinger middle", Bollinger.minimumLength(period), true, (c, from, length, out) -> {
            Bollinger.compute(c.close(), from, length, period, out, new double[length]);
        });
    }

    /** Lower band for a negative multiplier, upper band for a positive one. */
    static Formula band(int period, double multiplier) {
        return new Formula("bollinger band", Bollinger.minimumLength(period), true, (c, from, length, out) -> {
            double[] middle = new double[length];
            double[] deviation = new double[length];
            Bollinger.compute(c.close(), from, length, period, middle, deviation);
            Arrays.setAll(deviation, i -> middle[i] + multiplier * deviation[i]);
            System.arraycopy(deviation, 0, out, 0, length);
        });
    }

    static Formula vwap() {
        return new Formula("vwap", Vwap.minimumLength(), true, (c, from, length, out) -> {
            Vwap.daily(c.openTime(), c.high(), c.low(), c.close(), c.volume(), from, length, out);
        });
    }

    static Formula wickRatio() {
        return new Formula("wick ratio", WickRatio.minimumLength(), false, (c, from, length, out) -> {
            WickRatio.compute(c.open(), c.high(), c.low(), c.close(), from, length, out);
        });
    }

    static Formula highest(int period) {
        return new Formula("highest", Extremes.minimumLength(period), true, (c, from, length, out) -> {
            Extremes.highest(c.high(), from, length, period, out);
        });
    }

    static Formula lowest(int period) {
        return new Formula("lowest", Extremes.minimumLength(period), true, (c, from, length, out) -> {
            Extremes.lowest(c.low(), from, length, period, out);
        });
    }

    static Formula midpoint(int period) {
        return new Formula("midpoint", Midpoint.minimumLength(period), true, (c, from, length, out) -> {
            Midpoint.compute(c.high(), c.low(), from, length, period, out);
        });
    }

    static Formula spanA(int tenkan, int kijun, int shift) {
        return new Formula("span a", Ichimoku.minimumLength(), true, (c, from, length, out) -> {
            double[] quick = midpoint(tenkan).compute(c, from, length);
            double[] steady = midpoint(kijun).compute(c, from, length);
            Ichimoku.spanA(quick, steady, length, shift, out);
        });
    }

    static Formula spanB(int period, int shift) {
        return new Formula("span b", Ichimoku.minimumLength(), true, (c, from, length, out) -> {
            Ichimoku.spanB(c.high(), c.low(), from, length, period, shift, out);
        });
    }

    static Formula priceRange(int period) {
        return new Formula("price range", PriceRange.minimumLength(period), true, (c, from, length, out) -> {
            PriceRange.compute(c.high(), c.low(), from, length, period, new double[length], out);
        });
    }

    /** 1 or 0; the first candle of a range has no predecessor and is never inside. */
    static Formula inside() {
        return new Formula("inside", 0, false, (c, from, length, out) -> {
            Arrays.setAll(out, i -> i > 0 && BarPattern.isInside(c.high(), c.low(), from + i) ? 1 : 0);
        });
    }

    /** 1 or 0; the first candle of a range has no predecessor and is never outside. */
    static Formula outside() {
        return new Formula("outside", 0, false, (c, from, length, out) -> {
            Arrays.setAll(out, i -> i > 0 && BarPattern.isOutside(c.high(), c.low(), from + i) ? 1 : 0);
        });
    }
}
