package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceIndexTest {
    private final SequenceIndex index = new SequenceIndex();

    @Test
    void findsEveryIdThatWasAddedAndNoOther() {
        for (var i = 1; i <= 5_000; i++) {
            index.add(id(i), 10L * i);
        }

        for (var i = 1; i <= 5_000; i++) {
            assertThat(index.find(id(i))).isEqualTo(10L * i);
        }
        assertThat(index.find(id(5_001))).isZero();
        assertThat(index.newest()).isEqualTo(50_000);
    }

    @Test
    void theOldestGiveWayAndTheNewestOfOneIdCounts() {
        for (var i = 1; i <= SequenceIndex.CAPACITY + 3; i++) {
            index.add(id(i), i);
        }
        index.add(id(9), 2_000_000);

        assertThat(index.find(id(3))).isZero();
        assertThat(index.find(id(5))).isEqualTo(5);
        assertThat(index.find(id(9))).isEqualTo(2_000_000);
        assertThat(index.find(id(SequenceIndex.CAPACITY + 3))).isEqualTo(SequenceIndex.CAPACITY + 3);
    }

    @Test
    void passesOverWhatIsNoIdOfOurs() {
        index.add("", 1);
        index.add("not sixteen hexadecimal digits", 2);

        assertThat(index.newest()).isEqualTo(2);
        assertThat(index.find("not sixteen hexadecimal digits")).isZero();
        index.clear();
        assertThat(index.newest()).isZero();
    }

    private static String id(int number) {
        return "%016x".formatted(number * 0x9E37_79B9_7F4A_7C15L) + "0".repeat(16);
    }
}
