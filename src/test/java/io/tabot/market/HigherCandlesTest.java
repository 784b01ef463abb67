package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.tabot.testing.Aggregates;
import io.tabot.testing.RegimeCandles;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HigherCandlesTest {
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final Timeframe HOUR = Timeframe.ONE_HOUR;
    private static final long STEP = BASE.longest().toMillis();

    /** The first of them opens at midnight. */
    private static final List<Candle> CANDLES = RegimeCandles.of(7, BASE, 0.004, 2000);

    private static final List<Candle> HOURS = Aggregates.of(CANDLES, BASE, HOUR);

    private final CandleWindow base = new CandleWindow(300);
    private final CandleWindow hours = new CandleWindow(300);
    private final HigherViews views = new HigherViews(BASE, base);

    @Test
    void showsOnlyWhatHasClosed() {
        take(base, CANDLES.subList(0, 10));
        take(hours, HOURS.subList(0, 2));
        views.read(HOUR, hours);

        assertThat(closedBy(views, HOUR, CANDLES.get(9))).isEqualTo(HOURS.subList(0, 2));
    }

    @Test
    void makesTheCandleOfTheInstantOfItsPartsWhetherItIsStoredYetOrNot() {
        take(base, CANDLES.subList(0, 12));
        take(hours, HOURS.subList(0, 2));
        views.read(HOUR, hours);
        var before = closedBy(views, HOUR, CANDLES.get(11));

        var different = new Candle(HOURS.get(2).openTime(), 1, 1, 1, 1, 1);
        take(hours, List.of(different));

        assertThat(before).isEqualTo(HOURS.subList(0, 3));
        assertThat(closedBy(views, HOUR, CANDLES.get(11))).isEqualTo(before);
    }

    @Test
    void doesNotLookAtWhatIsStoredAhead() {
        take(base, CANDLES.subList(0, 9));
        take(hours, HOURS.subList(0, 20));
        views.read(HOUR, hours);

        assertThat(closedBy(views, HOUR, CANDLES.get(8))).isEqualTo(HOURS.subList(0, 2));
    }

    @Test
    void hasNoAnswerWithoutTheCandleBefore() {
        take(base, CANDLES.subList(0, 12));
        views.read(HOUR, hours);
        assertThat(closedBy(views, HOUR, CANDLES.get(11))).isNull();

        take(hours, HOURS.subList(0, 1));
        take(hours, HOURS.subList(2, 3));

        assertThat(closedBy(views, HOUR, CANDLES.get(11))).isNull();
        assertThat(closedBy(views, HOUR, CANDLES.get(10))).isNull();
    }

    @Test
    void hasNoAnswerWithoutAPartOfTheCandleOfTheInstant() {
        take(hours, HOURS.subList(0, 3));
        views.read(HOUR, hours);
        for (var missing = 8; missing < 12; missing++) {
            base.clear();
            take(base, CANDLES.subList(0, missing));
            take(base, CANDLES.subList(missing + 1, 12));

            assertThat(closedBy(views, HOUR, CANDLES.get(11))).isNull();
        }
    }

    @Test
    void hasNoAnswerForATimeframeThatNobodyReads() {
        take(base, CANDLES.subList(0, 12));
        take(hours, HOURS.subList(0, 3));
        views.read(HOUR, hours);

        assertThat(closedBy(views, Timeframe.TWO_HOURS, CANDLES.get(11))).isNull();
        assertThat(closedBy(HigherCandles.NONE, HOUR, CANDLES.get(11))).isNull();
    }

    @Test
    void showsAtMostTheNewestOfAWindow() {
        take(base, CANDLES.subList(0, 1204));
        take(hours, HOURS.subList(0, 301));
        views.read(HOUR, hours);

        assertThat(closedBy(views, HOUR, CANDLES.get(1202))).isEqualTo(HOURS.subList(50, 300));
        assertThat(closedBy(views, HOUR, CANDLES.get(1203))).isEqualTo(HOURS.subList(51, 301));
    }

    @Test
    void followsAnotherWindowWhenItIsGivenOne() {
        take(base, CANDLES.subList(0, 12));
        views.read(HOUR, hours);
        var refilled = new CandleWindow(300);
        take(refilled, HOURS.subList(0, 2));

        views.read(HOUR, refilled);

        assertThat(closedBy(views, HOUR, CANDLES.get(11))).isEqualTo(HOURS.subList(0, 3));
    }

    /** A file tells what a service sees to which every candle comes at its time. */
    @Test
    void aggregatesWhatAServiceSees() {
        for (var higher : List.of(HOUR, Timeframe.FOUR_HOURS, Timeframe.ONE_DAY)) {
            var expected = Aggregates.of(CANDLES, BASE, higher);
            var aggregated = new AggregatedCandles(BASE, List.of(higher));
            var arrived = new CandleWindow(300);
            var live = new HigherViews(BASE, base);
            base.clear();
            live.read(higher, arrived);
            for (var candle : CANDLES) {
                base.insert(candle);
                aggregated.add(candle);
                var closeTime = BASE.closeTime(candle.openTime());

                var seen = closedBy(aggregated, higher, candle);

                assertThat(seen).isEqualTo(closedBy(live, higher, candle));
                assertThat(seen == null ? List.of() : seen)
                        .isEqualTo(newest(expected, higher, closeTime, seen == null));
                expected.stream()
                        .filter(done -> higher.closeTime(done.openTime()) == closeTime)
                        .forEach(arrived::insert);
            }
        }
    }

    @Test
    void leavesOutAnAggregateThatLacksAPart() {
        var aggregated = new AggregatedCandles(BASE, List.of(HOUR));
        IntStream.range(0, 24).filter(i -> i != 9).mapToObj(CANDLES::get).forEach(aggregated::add);

        assertThat(closedBy(aggregated, HOUR, CANDLES.get(23)))
                .containsExactly(HOURS.get(0), HOURS.get(1), HOURS.get(3), HOURS.get(4), HOURS.get(5));
    }

    @Test
    void aggregatesNothingOfCandlesThatOpenAtOddTimes() {
        var aggregated = new AggregatedCandles(BASE, List.of(HOUR));
        for (var candle : CANDLES.subList(0, 40)) {
            var shifted = new Candle(
                    candle.openTime() + 1, candle.open(), candle.high(), candle.low(), candle.close(), candle.volume());
            aggregated.add(shifted);

            assertThat(closedBy(aggregated, HOUR, shifted)).isNull();
        }
    }

    @Test
    void refusesToAggregateCandlesThatGoBack() {
        var aggregated = new AggregatedCandles(BASE, List.of(HOUR));
        aggregated.add(CANDLES.get(1));

        assertThatIllegalArgumentException().isThrownBy(() -> aggregated.add(CANDLES.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> aggregated.add(CANDLES.get(1)));
    }

    @Test
    void answersWithoutAllocating() {
        take(base, CANDLES.subList(900, 1200));
        take(hours, HOURS.subList(0, 299));
        views.read(HOUR, hours);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var random = new Random(1);
        ask(random, 20_000);

        var before = threads.getCurrentThreadAllocatedBytes();
        ask(random, 20_000);

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 20_000).isZero();
    }

    private void ask(Random random, int times) {
        for (var i = 0; i < times; i++) {
            var instant = CANDLES.get(1196 + random.nextInt(4)).openTime() + STEP - 1;
            if (views.closedBy(HOUR, instant) == null || !views.isKnown(HOUR, instant)) {
                throw new AssertionError("not known at " + instant);
            }
        }
    }

    /** The newest of them that closed by then; at the very beginning an answer waits for the second one. */
    private static List<Candle> newest(List<Candle> candles, Timeframe timeframe, long instant, boolean isNone) {
        var closed = candles.stream()
                .filter(candle -> timeframe.closeTime(candle.openTime()) <= instant)
                .toList();
        var isFirst =
                closed.size() == 1 && timeframe.closeTime(closed.getFirst().openTime()) == instant;
        return isNone && isFirst
                ? List.of()
                : closed.subList(Math.max(0, closed.size() - HigherCandles.LENGTH_MAX), closed.size());
    }

    private static @Nullable List<Candle> closedBy(HigherCandles higher, Timeframe timeframe, Candle newest) {
        var instant = BASE.closeTime(newest.openTime());
        var series = higher.closedBy(timeframe, instant);
        assertThat(higher.isKnown(timeframe, instant)).isEqualTo(series != null);
        return series == null
                ? null
                : IntStream.range(0, series.length()).mapToObj(series::candle).toList();
    }

    private static void take(CandleWindow window, List<Candle> candles) {
        candles.forEach(window::insert);
    }
}
