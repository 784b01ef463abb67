package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.market.Candle;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BacktestRunsTest {
    private static final Answer DONE = Answer.ok("done");

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Test
    void runsOnTheExecutorGiven() {
        var runs = runs(Duration.ofMinutes(1), 1);

        var answer = runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE);

        assertThat(answer.toCompletableFuture()).isNotDone();
        waiting.remove().run();
        assertThat(answer.toCompletableFuture()).isCompletedWithValue(DONE);
    }

    @Test
    void whoeverIsAnsweredMayComeWithTheNext() {
        var runs = runs(Duration.ofMinutes(1), 1);

        var next = runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE)
                .thenCompose(_ -> runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE));
        waiting.remove().run();

        assertThat(next.toCompletableFuture()).isNotDone();
        waiting.remove().run();
        assertThat(next.toCompletableFuture()).isCompletedWithValue(DONE);
    }

    @Test
    void oneThatIsOverItsTimeIsAnsweredAndThenStopped() {
        var runs = runs(Duration.ofMillis(10), 1);
        var stopped = new AtomicReference<Throwable>();

        var answer = runs.start(BacktestRunsTest::none, (candles, whileInTime) -> {
            try {
                whileInTime.run();
            } catch (CancellationException e) {
                stopped.set(e);
                throw e;
            }
            return DONE;
        });

        assertThat(status(answer)).isEqualTo(503);
        assertThat(status(runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE)))
                .isEqualTo(429);
        waiting.remove().run();
        assertThat(stopped.get()).hasMessage("the backtest is over its time");
        var next = runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE);
        waiting.remove().run();
        assertThat(status(next)).isIn(200, 503);
    }

    @Test
    void candlesThatNeverComeHoldNothingUpForEver() {
        var runs = runs(Duration.ofMillis(10), 1);

        var answer = runs.start(CompletableFuture::new, (candles, whileInTime) -> DONE);

        assertThat(status(answer)).isEqualTo(503);
        TestCluster.eventually(
                () -> runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE)
                        .toCompletableFuture(),
                next -> !next.isDone() || next.join().status() != 429);
        assertThat(waiting).isNotEmpty();
    }

    @Test
    void aBugIsNoAnswer() {
        var runs = runs(Duration.ofMinutes(1), 1);

        var answer = runs.start(BacktestRunsTest::none, (candles, whileInTime) -> {
            throw new IllegalStateException("a bug");
        });
        waiting.remove().run();

        assertThatThrownBy(() -> answer.toCompletableFuture().join()).hasRootCauseMessage("a bug");
        assertThat(runs.start(BacktestRunsTest::none, (candles, whileInTime) -> DONE)
                        .toCompletableFuture())
                .isNotDone();
    }

    private BacktestRuns runs(Duration timeout, int atOnce) {
        return new BacktestRuns(new BacktestLimits(100, timeout, atOnce), waiting::add);
    }

    private static CompletionStage<List<Candle>> none() {
        return CompletableFuture.completedStage(List.of());
    }

    private static int status(CompletionStage<Answer> answer) {
        return answer.toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .status();
    }
}
