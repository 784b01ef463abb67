package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final Term TERM = new Term(0, 1);

    @Test
    void findsEveryRevisionOfALongHistory() {
        var kept = history(1, 1_000);

        for (var revision = 1; revision <= 1_000; revision++) {
            assertThat(kept.upTo(revision).revision()).isEqualTo(revision);
            assertThat(kept.upTo(revision).position()).isEqualTo(revision * 2L);
            assertThat(kept.holds(revision, "1-" + revision)).isTrue();
        }
    }

    @Test
    void sharesWhatBothHaveInCommonAndNoMore() {
        var random = new Random(7);
        for (var i = 0; i < 500; i++) {
            var common = random.nextInt(40);
            var one = grown(history(1, common), "one", random.nextInt(20));
            var other = grown(history(1, common), "other", random.nextInt(20));

            assertThat(one.sharedWith(other)).isEqualTo(common);
            assertThat(other.sharedWith(one)).isEqualTo(common);
        }
    }

    @Test
    void sharesOnlyWhatBothStillKnow() {
        var whole = history(1, 10);
        var witness = Kept.from(6, "1-6", TERM).with("1-7", TERM, 0);

        assertThat(witness.sharedWith(whole)).isEqualTo(7);
        assertThat(whole.sharedWith(witness)).isEqualTo(7);
        assertThat(witness.sharedWith(history(1, 5))).isEqualTo(Kept.NONE);
        assertThat(witness.sharedWith(history(2, 10))).isEqualTo(Kept.NONE);
    }

    @Test
    void knowsNothingBelowItsFloor() {
        var witness = Kept.from(6, "1-6", TERM).with("1-7", TERM, 0);

        assertThat(witness.holds(5, "1-5")).isFalse();
        assertThatThrownBy(() -> witness.upTo(5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongerHistoryLeavesTheShorterAsItWas() {
        var shorter = history(1, 3);
        var branches = new ArrayList<>(List.of(shorter.with("a", TERM, 0), shorter.with("b", TERM, 0)));

        assertThat(shorter.revision()).isEqualTo(3);
        assertThat(branches).extracting(Kept::hash).containsExactly("a", "b");
    }

    private static Kept history(int branch, int length) {
        return grown(Kept.NOTHING, String.valueOf(branch), length);
    }

    private static Kept grown(Kept from, String branch, int count) {
        var kept = from;
        for (var i = 0; i < count; i++) {
            var revision = kept.revision() + 1;
            kept = kept.with(branch + "-" + revision, TERM, revision * 2);
        }
        return kept;
    }
}
