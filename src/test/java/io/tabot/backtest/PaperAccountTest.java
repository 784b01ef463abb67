package io.tabot.backtest;

import static io.tabot.backtest.Decisions.buy;
import static io.tabot.backtest.Decisions.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.backtest.Trade.Exit;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaperAccountTest {
    private static final Costs COSTS = new Costs(0.01, 0.02);

    private final PaperAccount account = new PaperAccount(Costs.NONE);

    @Test
    void entersAtTheOpenOfTheNextCandleWhateverPriceTheDecisionNames() {
        account.candle(0, 90, 120, 80);
        account.decided(buy(95, 110));
        account.candle(1, 101, 105, 96);
        account.end(1, 104);

        assertThat(trade()).isEqualTo(new Trade(Side.LONG, 1, 101, 95, 110, 1, 104, Exit.END, 104.0 / 101 - 1));
    }

    @ParameterizedTest
    @CsvSource({
        // open, high, low, exit, price
        "100, 105,  95, STOP_LOSS,    95",
        "100, 110,  96, TAKE_PROFIT, 110",
        "100, 110,  95, STOP_LOSS,    95",
        " 90, 112,  89, STOP_LOSS,    90",
        "115, 120,  94, TAKE_PROFIT, 110",
        "100, 109,  96, END,         101",
    })
    void leavesALongPosition(double open, double high, double low, Exit reason, double price) {
        account.decided(buy(95, 110));
        account.candle(1, 100, 101, 99);
        account.candle(2, open, high, low);
        account.end(2, 101);

        assertThat(trade().reason()).isEqualTo(reason);
        assertThat(trade().exitPrice()).isEqualTo(price);
        assertThat(trade().profit()).isCloseTo(price / 100 - 1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 105,  95, STOP_LOSS,   105",
        "100, 104,  90, TAKE_PROFIT,  90",
        "100, 105,  90, STOP_LOSS,   105",
        "110, 111,  88, STOP_LOSS,   110",
        " 85, 106,  84, TAKE_PROFIT,  90",
        "100, 104,  91, END,          99",
    })
    void leavesAShortPosition(double open, double high, double low, Exit reason, double price) {
        account.decided(sell(105, 90));
        account.candle(1, 100, 101, 99);
        account.candle(2, open, high, low);
        account.end(2, 99);

        assertThat(trade().reason()).isEqualTo(reason);
        assertThat(trade().exitPrice()).isEqualTo(price);
        assertThat(trade().profit()).isCloseTo(1 - price / 100, within(1e-12));
    }

    @Test
    void mayLeaveOnTheCandleOfItsEntry() {
        account.decided(buy(95, 110));
        account.candle(1, 100, 111, 94);

        assertThat(trade().entry()).isEqualTo(trade().exit()).isEqualTo(1);
        assertThat(trade().reason()).isEqualTo(Exit.STOP_LOSS);
    }

    @Test
    void paysFeeAndSlippageOnBothSidesButNoSlippageOnATakeProfit() {
        var stopped = new PaperAccount(COSTS);
        stopped.decided(buy(95, 110));
        stopped.candle(1, 100, 100, 95);
        var taken = new PaperAccount(COSTS);
        taken.decided(sell(105, 90));
        taken.candle(1, 100, 100, 90);

        assertThat(stopped.trades().getFirst().entryPrice()).isEqualTo(102);
        assertThat(stopped.trades().getFirst().exitPrice()).isEqualTo(95 * 0.98);
        assertThat(stopped.trades().getFirst().profit()).isCloseTo(95 * 0.98 * 0.99 / (102 * 1.01) - 1, within(1e-12));
        assertThat(taken.trades().getFirst().entryPrice()).isEqualTo(98);
        assertThat(taken.trades().getFirst().exitPrice()).isEqualTo(90);
        assertThat(taken.trades().getFirst().profit()).isCloseTo(1 - 90 * 1.01 / (98 * 0.99), within(1e-12));
    }

    @Test
    void anOppositeDecisionTurnsThePositionAround() {
        account.decided(buy(95, 110));
        account.candle(1, 100, 101, 99);
        account.decided(sell(108, 80));
        account.candle(2, 102, 103, 101);
        account.end(2, 101);

        assertThat(account.trades()).extracting(Trade::side).containsExactly(Side.LONG, Side.SHORT);
        assertThat(account.trades()).extracting(Trade::reason).containsExactly(Exit.OPPOSITE, Exit.END);
        assertThat(account.trades()).extracting(Trade::exitPrice).containsExactly(102.0, 101.0);
        assertThat(account.trades().get(1).entryPrice()).isEqualTo(102);
    }

    @Test
    void aDecisionToCloseClosesAtTheNextOpen() {
        account.decided(buy(95, 110));
        account.candle(1, 100, 101, 99);
        account.decided(Decisions.close());
        account.candle(2, 103, 104, 90);
        account.end(2, 90);

        assertThat(trade().reason()).isEqualTo(Exit.CLOSE);
        assertThat(trade().exitPrice()).isEqualTo(103);
    }

    @Test
    void aGapPastTheStopLossComesBeforeAnOppositeDecision() {
        account.decided(buy(95, 110));
        account.candle(1, 100, 101, 99);
        account.decided(sell(99, 80));
        account.candle(2, 94, 95, 93);
        account.end(2, 93);

        assertThat(account.trades()).extracting(Trade::reason).containsExactly(Exit.STOP_LOSS, Exit.END);
    }

    @ParameterizedTest
    @CsvSource({
        // open, high, low, entry: a buy stop at 102
        "100, 103,  99, 102",
        "104, 105, 103, 104",
        "102, 102, 101, 102",
    })
    void aStopOrderEntersWhereThePriceTradesThroughIt(double open, double high, double low, double entry) {
        account.decided(Decisions.of(Action.BUY, OrderType.STOP, 102, 95, 110));
        account.candle(1, open, high, low);
        account.end(1, 102);

        assertThat(trade().entryPrice()).isEqualTo(entry);
    }

    @Test
    void aStopOrderIsGoodForOneCandle() {
        account.decided(Decisions.of(Action.SELL, OrderType.STOP, 98, 105, 90));
        account.candle(1, 100, 104, 99);
        account.candle(2, 99, 100, 91);
        account.end(2, 92);

        assertThat(account.trades()).isEmpty();
        assertThat(account.skipped()).isEqualTo(new Skipped(0, 0, 1, 0, 0));
    }

    @Test
    void onTheCandleOfAStopEntryTheStopLossGoesFirst() {
        account.decided(Decisions.of(Action.BUY, OrderType.STOP, 102, 95, 110));
        account.candle(1, 100, 111, 94);

        assertThat(trade().entryPrice()).isEqualTo(102);
        assertThat(trade().reason()).isEqualTo(Exit.STOP_LOSS);
    }

    @ParameterizedTest
    @CsvSource({"BUY, 95, 110, 94", "BUY, 95, 110, 111", "BUY, 110, 95, 100", "SELL, 105, 90, 106", "SELL, 105, 90, 89"
    })
    void doesNotEnterBeyondStopLossOrTakeProfit(Action action, double stopLoss, double takeProfit, double open) {
        account.decided(Decisions.of(action, OrderType.MARKET, 100, stopLoss, takeProfit));
        account.candle(1, open, open + 1, open - 1);
        account.end(1, open);

        assertThat(account.trades()).isEmpty();
        assertThat(account.skipped()).isEqualTo(new Skipped(0, 0, 0, 1, 0));
    }

    @Test
    void holdsOnePositionAtATime() {
        account.decided(buy(95, 110));
        account.candle(1, 100, 101, 99);
        account.decided(buy(98, 120));
        account.candle(2, 100, 115, 99);

        assertThat(account.trades()).hasSize(1);
        assertThat(trade().takeProfit()).isEqualTo(110);
        assertThat(account.skipped()).isEqualTo(new Skipped(0, 1, 0, 0, 0));
    }

    @Test
    void holdingIsCountedAndNothingElse() {
        account.decided(Decisions.of(Action.HOLD, OrderType.MARKET, 100, 95, 110));
        account.candle(1, 100, 120, 80);
        account.end(1, 100);

        assertThat(account.trades()).isEmpty();
        assertThat(account.decisions()).isOne();
        assertThat(account.skipped()).isEqualTo(new Skipped(1, 0, 0, 0, 0));
    }

    @Test
    void aDecisionOnTheLastCandleComesToNothing() {
        account.candle(0, 100, 101, 99);
        account.decided(buy(95, 110));
        account.end(0, 100);

        assertThat(account.trades()).isEmpty();
        assertThat(account.skipped()).isEqualTo(new Skipped(0, 0, 0, 0, 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderType.class,
            names = {"LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"})
    void anOrderThatIsNotSimulatedIsCountedAndNotFilled(OrderType type) {
        account.decided(Decisions.of(Action.BUY, type, 100, 95, 110));
        account.candle(1, 100, 101, 99);
        account.end(1, 100);

        assertThat(account.trades()).isEmpty();
        assertThat(account.skipped().other()).isOne();
    }

    @Test
    void aShortPositionThatLostEverythingIsTheLastOne() {
        account.decided(sell(500, 50));
        account.candle(1, 100, 101, 99);
        account.candle(2, 150, 201, 149);
        account.decided(buy(95, 110));
        account.candle(3, 100, 112, 99);

        assertThat(trade().reason()).isEqualTo(Exit.RUIN);
        assertThat(trade().exitPrice()).isEqualTo(200);
        assertThat(trade().profit()).isEqualTo(-1);
        assertThat(account.skipped().other()).isOne();
    }

    @Test
    void noGapTakesMoreThanThereIs() {
        account.decided(sell(105, 50));
        account.candle(1, 100, 101, 99);
        account.candle(2, 350, 351, 349);

        assertThat(trade().reason()).isEqualTo(Exit.RUIN);
        assertThat(trade().profit()).isEqualTo(-1);
    }

    private Trade trade() {
        assertThat(account.trades()).hasSize(1);
        return account.trades().getFirst();
    }
}
