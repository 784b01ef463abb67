package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.backtest.BacktestReport;
import io.tabot.backtest.CandleTable;
import io.tabot.backtest.Replay;
import io.tabot.backtest.Scenario;
import io.tabot.config.ConfigView;
import io.tabot.config.Nearest;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.StrategyCatalog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Tries a strategy out on candles of the past. Changes nothing, but takes CPU time: so it is guarded like a change, and
 * bounded.
 *
 * <pre>
 * POST /api/v1/backtest  one strategy on one series, with parameters of its own if given
 * </pre>
 */
final class BacktestRoutes {
    private final Api api;
    private final ChangeRequests requests;
    private final StrategyCatalog catalog;
    private final ConfigView view;
    private final Backtests backtests;
    private final BacktestRuns runs;
    private final SignalEngine engine;

    BacktestRoutes(Api api, ChangeRequests requests, HttpApi.Parts parts, BacktestRuns runs) {
        this.api = api;
        this.requests = requests;
        this.catalog = parts.catalog();
        this.view = parts.view();
        this.backtests = parts.backtests();
        this.runs = runs;
        this.engine = new SignalEngine(parts.environment());
    }

    Route create() {
        return api.at("/api/v1/backtest", () -> post(() -> requests.question(this::backtest)));
    }

    private CompletionStage<Answer> backtest(ChangeRequest request) {
        var fields = new BacktestFields(request.body(), backtests.limits());
        var id = fields.strategyId();
        var strategy = catalog.find(id);
        if (strategy.isEmpty() && fields.errors().isEmpty()) {
            return refused(unknown(id));
        }
        // Of any strategy, where none was named: the other fields are judged all the same.
        var wanted = fields.read(strategy.orElseGet(catalog.strategies()::getFirst));
        var inForce = view.current().map(ConfigView.InForce::state);
        if (strategy.isEmpty() || inForce.isEmpty()) {
            return refused(
                    fields.errors().isEmpty()
                            ? Answer.refused(ErrorCode.UNAVAILABLE, "no configuration has been read yet")
                            : ErrorItems.refusal(fields.errors()));
        }
        var config = BacktestConfig.of(wanted, inForce.get(), backtests.rules());
        var errors = Stream.concat(fields.errors().stream(), config.errors().stream())
                .toList();
        return errors.isEmpty() ? start(wanted, config) : refused(ErrorItems.refusal(errors));
    }

    private CompletionStage<Answer> start(BacktestRequest wanted, BacktestConfig config) {
        var before = config.candlesBefore(wanted, backtests.limits().candlesMax());
        return runs.start(
                () -> BacktestCandles.ask(
                        backtests.candles(), wanted, config.higherTimeframes(wanted.timeframe()), before),
                (candles, whileInTime) -> run(wanted, config, BacktestRange.of(candles, wanted, before), whileInTime));
    }

    private Answer run(BacktestRequest wanted, BacktestConfig config, BacktestRange range, Runnable whileInTime) {
        var report = range.candles().isEmpty()
                ? Optional.<BacktestReport>empty()
                : Optional.of(report(wanted, config, range, whileInTime));
        return Answer.ok(BacktestAnswer.of(wanted, config, range.warnings(wanted.warmup()), report))
                .with("persisted", false)
                .with("requested_persist", wanted.persist())
                .with("truncated", range.truncated());
    }

    private BacktestReport report(
            BacktestRequest wanted, BacktestConfig config, BacktestRange range, Runnable whileInTime) {
        var scenario = new Scenario(
                wanted.symbol(),
                wanted.timeframe(),
                config.config(),
                wanted.costs(),
                range.before(),
                range.higher(),
                wanted.warmup());
        var candles = CandleTable.of(range.candles());
        var results = new Replay(engine, scenario, candles, new NoFailures()).run(_ -> whileInTime.run());
        return BacktestReport.of(scenario, candles, results);
    }

    private Answer unknown(String id) {
        return Answer.refused(Problem.of(
                ErrorCode.NOT_FOUND,
                "there is no strategy of that name",
                Nearest.of(id, catalog.ids())
                                .map(nearest -> "did you mean " + nearest + "? ")
                                .orElse("")
                        + "GET /api/v1/strategies lists all"));
    }

    private static CompletionStage<Answer> refused(Answer answer) {
        return CompletableFuture.completedStage(answer);
    }

    /** A strategy that fails is a bug: the caller must not take its silence for an answer. */
    private static final class NoFailures implements Rejections {
        @Override
        public void rejected(String strategyId, Reason reason) {}

        @Override
        public void failed(String strategyId, Throwable failure) {
            throw new IllegalStateException("strategy " + strategyId + " failed", failure);
        }
    }
}
