package io.tabot.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs backtests on threads of their own, few at a time and none for long. One that is over its time counts until it
 * has really ended.
 */
final class BacktestRuns {
    private static final Logger LOG = LoggerFactory.getLogger(BacktestRuns.class);

    /** One backtest. */
    @FunctionalInterface
    interface Run<C> {
        /** @param whileInTime to be called now and then; throws when nobody waits any more */
        Answer on(C candles, Runnable whileInTime);
    }

    private static final class CandlesUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private CandlesUnavailable(Throwable cause) {
            super(cause);
        }
    }

    private final BacktestLimits limits;
    private final Executor executor;
    private final Semaphore free;

    BacktestRuns(BacktestLimits limits, Executor executor) {
        this.limits = limits;
        this.executor = executor;
        this.free = new Semaphore(limits.atOnce());
    }

    <C> CompletionStage<Answer> start(Supplier<CompletionStage<C>> candles, Run<C> run) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedStage(busy());
        }
        var isLate = new AtomicBoolean();
        // Freed before it is answered: whoever has the answer may come with the next.
        var work = ask(candles)
                .thenApplyAsync(known -> run.on(known, () -> stop(isLate)), executor)
                .whenComplete((_, _) -> free.release());
        return limited(work.copy()).exceptionally(failure -> failed(failure, isLate));
    }

    private <C> CompletableFuture<C> ask(Supplier<CompletionStage<C>> candles) {
        var asked = CompletableFuture.completedFuture(candles).thenCompose(Supplier::get);
        return limited(asked).exceptionally(failure -> {
            throw cause(failure) instanceof TimeoutException timeout
                    ? new CompletionException(timeout)
                    : new CandlesUnavailable(cause(failure));
        });
    }

    private <T> CompletableFuture<T> limited(CompletableFuture<T> work) {
        return work.orTimeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Answer failed(Throwable failure, AtomicBoolean isLate) {
        return switch (cause(failure)) {
            case TimeoutException _ -> {
                isLate.set(true);
                yield Answer.refused(Problem.of(
                        ErrorCode.UNAVAILABLE,
                        "the backtest took longer than " + limits.timeout().toMillis() + " ms and was given up",
                        "ask for fewer candles, or try again later"));
            }
            case CandlesUnavailable unavailable -> {
                LOG.warn("the candles of a backtest can't be read: {}", String.valueOf(unavailable.getCause()));
                yield Answer.refused(ErrorCode.UNAVAILABLE, "the history of candles can't be read; try again");
            }
            case Throwable bug -> throw new CompletionException(bug);
        };
    }

    private Answer busy() {
        return Answer.refused(Problem.of(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "as many backtests run as may at a time: " + limits.atOnce(),
                        "try again in a moment"))
                .header("Retry-After", "1");
    }

    private static void stop(AtomicBoolean isLate) {
        if (isLate.get()) {
            throw new CancellationException("the backtest is over its time");
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
