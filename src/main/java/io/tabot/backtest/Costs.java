package io.tabot.backtest;

/**
 * What trading costs beyond the price, on each side of a trade.
 *
 * @param fee share of the traded value
 * @param slippage share of the price by which a market or stop order fills worse; a take profit waits in the book and
 *     has none
 */
public record Costs(double fee, double slippage) {
    public static final Costs NONE = new Costs(0, 0);

    /** More would be a percentage by mistake. */
    public static final double SHARE_MAX = 0.1;

    public Costs {
        share("fee", fee);
        share("slippage", slippage);
    }

    private static void share(String name, double value) {
        if (!(0 <= value && value <= SHARE_MAX)) {
            throw new IllegalArgumentException(
                    name + " " + value + " is not a share from 0 to " + SHARE_MAX + ", e.g. 0.001 for 0.1 %");
        }
    }
}
