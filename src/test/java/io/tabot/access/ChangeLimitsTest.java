package io.tabot.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.access.ChangeLimits.Answer;
import io.tabot.access.ChangeLimits.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many changes a caller may make. */
class ChangeLimitsTest {
    private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");
    private static final Caller OPERATOR = new Caller("ops-7", Role.OPERATOR, false);
    private static final Caller AGENT = new Caller("llm", Role.OPERATOR, true);

    private final MovingClock clock = new MovingClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ChangeLimits limits = new ChangeLimits(new Limits(600, 10), clock, meters);

    /** A clock that a test moves. */
    private static final class MovingClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noHourHasMoreChangesThanTheLimit(long seed) {
        var random = new Random(seed);
        var made = new ArrayList<Instant>();
        for (var step = 0; step < 2_000; step++) {
            clock.now = clock.now.plusMillis(random.nextInt(400_000));
            if (limits.take(AGENT) instanceof Answer.Go) {
                made.add(clock.now);
            }
        }

        assertThat(made).hasSizeGreaterThan(500);
        for (var index = 10; index < made.size(); index++) {
            assertThat(Duration.between(made.get(index - 10), made.get(index)))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(Duration.ofHours(1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoWaitsAsToldIsLetThroughAndNotAMomentEarlier(long seed) {
        var random = new Random(seed);
        for (var step = 0; step < 500; step++) {
            clock.now = clock.now.plusMillis(random.nextInt(300_000));
            if (limits.take(AGENT) instanceof Answer.Wait(var limit, var delay)) {
                assertThat(limit).isEqualTo(10);
                clock.now = clock.now.plus(delay).minusNanos(1);
                assertThat(limits.take(AGENT)).as("seed %d", seed).isInstanceOf(Answer.Wait.class);
                clock.now = clock.now.plusNanos(1);
                assertThat(limits.take(AGENT)).as("seed %d", seed).isInstanceOf(Answer.Go.class);
            }
        }
        assertThat(meters.counter("ta_bot_changes_limited", "caller", "llm").count())
                .isPositive();
    }

    @Test
    void givesBackWhatChangedNothing() {
        for (var step = 0; step < 100; step++) {
            var answer = limits.take(AGENT);
            assertThat(answer).isInstanceOf(Answer.Go.class);
            limits.giveBack(AGENT, ((Answer.Go) answer).at());
            clock.now = clock.now.plusSeconds(1);
        }
    }

    @Test
    void oneCallersChangesCostNoOtherAny() {
        IntStream.range(0, 10).forEach(_ -> limits.take(AGENT));

        assertThat(limits.take(AGENT)).isInstanceOf(Answer.Wait.class);
        assertThat(limits.take(new Caller("other", Role.PROPOSER, false))).isInstanceOf(Answer.Go.class);
        assertThat(limits.take(OPERATOR)).isInstanceOf(Answer.Go.class);
    }

    @Test
    void anOperatorHasMoreThanAnAgentAndAnAdminHasNoLimit() {
        var admin = new Caller("root", Role.ADMIN, false);

        assertThat(IntStream.range(0, 1_000).filter(_ -> limits.take(OPERATOR) instanceof Answer.Go))
                .hasSize(600);
        assertThat(IntStream.range(0, 1_000)).allMatch(_ -> limits.take(admin) instanceof Answer.Go);
    }

    @Test
    void forgetsCallersWhoseChangesCountNoMore() {
        IntStream.range(0, 1_000).forEach(index -> limits.take(new Caller("c" + index, Role.OPERATOR, false)));
        assertThat(limits.remembered()).isEqualTo(1_000);

        clock.now = clock.now.plus(Duration.ofHours(1));
        limits.take(OPERATOR);

        assertThat(limits.remembered()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackHoldsNobodyUpForLongerThanAnHour() {
        IntStream.range(0, 10).forEach(_ -> limits.take(AGENT));
        clock.now = START.minus(Duration.ofDays(1));

        assertThat(limits.take(AGENT)).isEqualTo(new Answer.Wait(10, Duration.ofHours(1)));
    }
}
