package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tabot.market.CandleWindow.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandleWindowTest {
    private static final long MINUTE = 60_000;

    @Test
    void appendsNewerCandlesAndLetsTheOldestGoWhenFull() {
        var window = new CandleWindow(3);

        for (var minute = 0; minute < 5; minute++) {
            assertThat(window.insert(candle(minute, 1))).isEqualTo(Placement.APPENDED);
        }

        assertThat(minutes(window)).containsExactly(2L, 3L, 4L);
        assertThat(window.newestOpenTime()).isEqualTo(4 * MINUTE);
    }

    @Test
    void putsALateCandleInItsPlace() {
        var window = filled(10, 0, 1, 3);

        assertThat(window.insert(candle(2, 1))).isEqualTo(Placement.INSERTED);

        assertThat(minutes(window)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void putsACandleBeforeAllOthersWhileThereIsRoom() {
        var window = filled(3, 5, 6);

        assertThat(window.insert(candle(1, 1))).isEqualTo(Placement.INSERTED);

        assertThat(minutes(window)).containsExactly(1L, 5L, 6L);
    }

    @Test
    void refusesACandleOlderThanAFullWindow() {
        var window = filled(3, 5, 6, 7);

        assertThat(window.insert(candle(1, 1))).isEqualTo(Placement.TOO_OLD);

        assertThat(minutes(window)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void dropsTheOldestForALateCandleWhenFull() {
        var window = filled(3, 5, 7, 8);

        assertThat(window.insert(candle(6, 1))).isEqualTo(Placement.INSERTED);

        assertThat(minutes(window)).containsExactly(6L, 7L, 8L);
    }

    @Test
    void tellsADuplicateFromACorrection() {
        var window = filled(3, 5, 6);

        assertThat(window.insert(candle(5, 1))).isEqualTo(Placement.DUPLICATE);
        assertThat(window.insert(candle(6, 2))).isEqualTo(Placement.CORRECTED);

        assertThat(window.newest(3).candle(1)).isEqualTo(candle(6, 2));
        assertThat(window.size()).isEqualTo(2);
    }

    @Test
    void countsTheCandlesMissingBetweenItsEnds() {
        var window = filled(10, 0, 1, 4, 5, 9);

        assertThat(window.missing(Timeframe.ONE_MINUTE)).isEqualTo(5);
        assertThat(filled(10, 3).missing(Timeframe.ONE_MINUTE)).isZero();
        assertThat(new CandleWindow(10).missing(Timeframe.ONE_MINUTE)).isZero();
    }

    @Test
    void forgetsEverythingWhenCleared() {
        var window = filled(3, 1, 2, 3);

        window.clear();

        assertThat(window.isEmpty()).isTrue();
        assertThatIllegalStateException().isThrownBy(window::newestOpenTime);
        assertThat(window.insert(candle(1, 1))).isEqualTo(Placement.APPENDED);
        assertThat(minutes(window)).containsExactly(1L);
    }

    @Test
    void refusesACapacityBelowOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CandleWindow(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CandleWindow(3).newest(0));
    }

    @Test
    void showsTheNewestCandlesInAViewThatFollows() {
        var window = filled(10, 1, 2, 3);
        var view = window.newest(2);
        var all = window.newest(300);

        window.insert(candle(4, 1));

        assertThat(view.length()).isEqualTo(2);
        assertThat(view.openTime(0)).isEqualTo(3 * MINUTE);
        assertThat(view.openTime(1)).isEqualTo(4 * MINUTE);
        assertThat(all.length()).isEqualTo(4);
    }

    @Test
    void givesEveryColumnAtTheSamePlace() {
        var window = filled(2, 1, 2, 3, 4, 5);
        var view = window.newest(2);

        for (var i = 0; i < view.length(); i++) {
            var at = view.from() + i;
            var fromArrays = new Candle(
                    view.openTimes()[at],
                    view.opens()[at],
                    view.highs()[at],
                    view.lows()[at],
                    view.closes()[at],
                    view.volumes()[at]);
            assertThat(fromArrays).isEqualTo(candle(4 + i, 1)).isEqualTo(view.candle(i));
        }
    }

    /** Every step of many random walks against a map that does the same the slow way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 50, 300})
    void behavesLikeAMapThatDropsItsOldestEntry(int capacity) {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var window = new CandleWindow(capacity);
            var model = new Model(capacity);
            var newest = 0;
            for (var step = 0; step < 5 * capacity + 50; step++) {
                newest += random.nextInt(3);
                var back = random.nextInt(4) == 0 ? random.nextInt(2 * capacity + 2) : 0;
                var candle = candle(newest - back, 1 + random.nextInt(2));

                assertThat(window.insert(candle))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(model.insert(candle));
                assertThat(candles(window)).as("seed %d, step %d", seed, step).isEqualTo(model.candles());
                assertThat(window.missing(Timeframe.ONE_MINUTE)).isEqualTo(model.missing());
            }
        }
    }

    private static final class Model {
        private final int capacity;
        private final TreeMap<Long, Candle> candles = new TreeMap<>();

        private Model(int capacity) {
            this.capacity = capacity;
        }

        private Placement insert(Candle candle) {
            var placement = placement(candle);
            if (placement != Placement.TOO_OLD) {
                candles.put(candle.openTime(), candle);
            }
            if (candles.size() > capacity) {
                candles.pollFirstEntry();
            }
            return placement;
        }

        private Placement placement(Candle candle) {
            if (candles.isEmpty() || candle.openTime() > candles.lastKey()) {
                return Placement.APPENDED;
            }
            if (candles.containsKey(candle.openTime())) {
                return candles.get(candle.openTime()).equals(candle) ? Placement.DUPLICATE : Placement.CORRECTED;
            }
            var isTooOld = candles.size() == capacity && candle.openTime() < candles.firstKey();
            return isTooOld ? Placement.TOO_OLD : Placement.INSERTED;
        }

        private List<Candle> candles() {
            return new ArrayList<>(candles.values());
        }

        private long missing() {
            return (candles.lastKey() - candles.firstKey()) / MINUTE + 1 - candles.size();
        }
    }

    private static CandleWindow filled(int capacity, int... minutes) {
        var window = new CandleWindow(capacity);
        for (var minute : minutes) {
            window.insert(candle(minute, 1));
        }
        return window;
    }

    private static Candle candle(int minute, double volume) {
        return new Candle(minute * MINUTE, 10 + minute, 12 + minute, 9 + minute, 11 + minute, volume);
    }

    private static List<Candle> candles(CandleWindow window) {
        var view = window.newest(window.capacity());
        return IntStream.range(0, view.length()).mapToObj(view::candle).toList();
    }

    private static List<Long> minutes(CandleWindow window) {
        return candles(window).stream()
                .map(candle -> candle.openTime() / MINUTE)
                .toList();
    }
}
