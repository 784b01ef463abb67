package io.tabot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.ops.HealthEvaluator.Finding;
import io.tabot.ops.HealthEvaluator.Sample;
import io.tabot.ops.HealthEvaluator.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a node says of itself that others can't rely on it. */
class HealthEvaluatorTest {
    private final HealthEvaluator evaluator = new HealthEvaluator();
    private long evaluations;
    private long signals;
    private double seconds;
    private long revision = 1;

    @Test
    void knowsNothingAtFirstAndIsHealthyAfterThreeGoodLooks() {
        assertThat(look().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(look().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(look().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void changesItsVerdictOnlyAfterThreeEqualFindings() {
        healthy();
        assertThat(look(false, null).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(look(false, null).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
        look(false, null);
        look(false, null);

        assertThat(look(false, null)).isEqualTo(new Finding(Verdict.UNHEALTHY, "NATS is not connected"));
        look();
        look();
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void isUnhealthyWithoutCandlesAndSaysWhy() {
        healthy();
        look(true, "no candle for 700 s");
        look(true, "no candle for 715 s");

        assertThat(look(true, "no candle for 730 s")).isEqualTo(new Finding(Verdict.UNHEALTHY, "no candle for 730 s"));
        assertThat(look(true, "no candle for 745 s").reason()).contains("745");
    }

    @Test
    void isUnhealthyWhenEvaluationsTakeTooLong() {
        healthy();
        for (var i = 0; i < 2; i++) {
            evaluate(10, 1, 6.0);
            look();
        }
        evaluate(10, 1, 6.0);

        assertThat(look().reason()).contains("more than 5 s");
        evaluate(10, 1, 0.001);
        look();
        evaluate(10, 1, 0.001);
        look();
        evaluate(10, 1, 0.001);
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void noticesThatSignalsCollapseAndDoesNotGetUsedToIt() {
        healthy();
        steady(6, 100);
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);

        Finding last = look();
        for (var i = 0; i < 40; i++) {
            evaluate(HealthEvaluator.STRETCH, 1, 0.001);
            last = look();
        }

        assertThat(last.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(last.reason()).contains("signals");
    }

    @Test
    void takesNoTimeWithoutCandlesForSilence() {
        healthy();
        steady(6, 100);

        for (var i = 0; i < 100; i++) {
            assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
        }
    }

    @Test
    void expectsNothingOfSignalsUnderAnotherConfiguration() {
        healthy();
        steady(6, 100);
        revision++;
        for (var i = 0; i < 20; i++) {
            evaluate(HealthEvaluator.STRETCH, 0, 0.001);
            assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
        }
    }

    @Test
    void expectsNothingWhereSignalsWereAlwaysRare() {
        healthy();
        steady(8, 3);
        for (var i = 0; i < 20; i++) {
            evaluate(HealthEvaluator.STRETCH, 0, 0.001);
            assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
        }
    }

    @Test
    void knowsNothingWhenCountingBeginsAnew() {
        healthy();
        steady(1, 10);
        evaluations = 0;
        signals = 0;
        seconds = 0;
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(look().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    private void healthy() {
        for (var i = 0; i < 4; i++) {
            look();
        }
    }

    private void steady(int stretches, int signalsEach) {
        for (var i = 0; i < stretches; i++) {
            evaluate(HealthEvaluator.STRETCH, signalsEach, 0.001);
            look();
        }
    }

    private void evaluate(int candles, int signalsOfThem, double secondsEach) {
        evaluations += candles;
        signals += signalsOfThem;
        seconds += candles * secondsEach;
    }

    private Finding look() {
        return look(true, null);
    }

    private Finding look(boolean connected, @Nullable String candles) {
        return evaluator.take(
                new Sample(connected, Optional.ofNullable(candles), evaluations, seconds, signals, revision));
    }
}
