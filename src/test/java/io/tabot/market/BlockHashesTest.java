package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHashesTest {
    private static final int SEEDS = 6;

    /** Views of a window with a past against a window that never had other candles. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 17, 40, 300})
    void dependsOnTheCandlesOfTheViewAlone(int capacity) throws Exception {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var window = new CandleWindow(capacity);
            var newest = -capacity;
            for (var step = 0; step < 3 * capacity + 60; step++) {
                newest += random.nextInt(8) == 0 ? random.nextInt(40) : 1;
                if (random.nextInt(300) == 0) {
                    window.clear();
                }
                window.insert(candle(newest - back(random, capacity), random.nextInt(3)));

                assertFresh(window.newest(1 + random.nextInt(capacity)), "seed " + seed + ", step " + step);
                var known = window.newest(capacity).openTime(random.nextInt(window.size()));
                assertFresh(window.asOf(known, capacity), "seed " + seed + ", step " + step + ", as of " + known);
            }
        }
    }

    @Test
    void forgetsWhatAnotherWindowTakesThePlaceOf() throws Exception {
        var window = filled(0);
        var other = filled(1);
        var _ = hash(Timeframe.ONE_MINUTE, window.newest(50));

        window.copy(other, other.end(), 50);

        assertThat(hash(Timeframe.ONE_MINUTE, window.newest(50)))
                .isEqualTo(hash(Timeframe.ONE_MINUTE, other.newest(50)));
    }

    /** The time to hash a window of 250 candles anew is what this is for. */
    @Test
    void hashesTwoBlocksWhenACandleIsAppended() throws Exception {
        var window = filled(0);
        var counting = new CountingDigest();
        window.newest(50).hash(Timeframe.ONE_MINUTE, digest(), counting);
        counting.hashes = 0;

        window.insert(candle(50, 0));
        window.newest(50).hash(Timeframe.ONE_MINUTE, digest(), counting);

        assertThat(counting.hashes).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Timeframe.class)
    void knowsEveryTimeframe(Timeframe timeframe) throws Exception {
        var window = new CandleWindow(250);
        for (var time = timeframe.openTime(0); window.size() < 250; time = timeframe.nextOpenTime(time)) {
            window.insert(new Candle(time, 1, 2, 1, 2, window.size()));
        }
        var once = hash(timeframe, window.newest(250));

        assertThat(hash(timeframe, window.newest(250))).isEqualTo(once);
        assertThat(hash(timeframe, copy(window.newest(250)))).isEqualTo(once);
    }

    @Test
    void differsByTimeframe() throws Exception {
        var window = filled(0);

        assertThat(hash(Timeframe.ONE_MINUTE, window.newest(50)))
                .isNotEqualTo(hash(Timeframe.ONE_HOUR, window.newest(50)))
                .isEqualTo(hash(Timeframe.ONE_MINUTE, window.newest(50)));
    }

    private static void assertFresh(CandleSeries view, String description) throws NoSuchAlgorithmException {
        assertThat(hash(Timeframe.ONE_MINUTE, view)).as(description).isEqualTo(hash(Timeframe.ONE_MINUTE, copy(view)));
    }

    private static CandleSeries copy(CandleSeries view) {
        var fresh = new CandleWindow(view.length());
        for (var i = 0; i < view.length(); i++) {
            fresh.insert(view.candle(i));
        }
        return fresh.newest(view.length());
    }

    /** Mostly the newest, sometimes a late or a corrected one. */
    private static int back(Random random, int capacity) {
        return random.nextInt(4) == 0 ? random.nextInt(capacity + 2) : 0;
    }

    private static CandleWindow filled(int volume) {
        var window = new CandleWindow(50);
        for (var minute = 0; minute < 50; minute++) {
            window.insert(candle(minute, volume));
        }
        return window;
    }

    private static Candle candle(int minute, double volume) {
        return new Candle(minute * 60_000L, 10 + minute, 12 + minute, 9 + minute, 11 + minute, volume);
    }

    private static String hash(Timeframe timeframe, CandleSeries candles) throws NoSuchAlgorithmException {
        var all = digest();
        candles.hash(timeframe, all, digest());
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest digest() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static final class CountingDigest extends MessageDigest {
        private int hashes;

        CountingDigest() {
            super("counts");
        }

        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            hashes++;
            return new byte[32];
        }

        @Override
        protected void engineReset() {}
    }
}
