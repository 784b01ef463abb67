package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenTimesTest {
    private static final int CAPACITY = 7;
    private static final long SEED = 4;

    @Test
    void holdsTheNewestAsASortedSetWould() {
        var random = new Random(SEED);
        var times = new OpenTimes(CAPACITY);
        var expected = new TreeSet<Long>();
        for (var i = 0; i < 20_000; i++) {
            var time = random.nextLong(20);
            if (random.nextInt(4) == 0) {
                times.remove(time);
                expected.remove(time);
            } else {
                times.add(time);
                expected.add(time);
                if (expected.size() > CAPACITY) {
                    expected.removeFirst();
                }
            }
            assertThat(times.contains(time)).isEqualTo(expected.contains(time));
            assertThat(times.isEmpty()).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                assertThat(times.last()).isEqualTo(expected.last());
            }
        }
    }
}
