package io.tabot.signal;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.HigherViews;
import io.tabot.market.Timeframe;
import io.tabot.strategy.StrategyDefinition;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides a signal of the past again, on the candles that it was decided on: those whose hash it carries. The stores of
 * candles are asked one after the other until one has them.
 */
public final class SignalReplay {
    /** What came of it. */
    public sealed interface Result {
        /**
         * The candles are the same ones.
         *
         * @param candles the store that had them
         * @param signal what is decided on them today; nothing where the strategy is silent
         */
        record Decided(String candles, Optional<Signal> signal) implements Result {}

        /** It was not possible. */
        record Impossible(Reason reason) implements Result {}
    }

    /** Why a signal can't be decided again; where stores differ, the last one here is told. */
    public enum Reason {
        /** No store has all of them any more. */
        CANDLES_GONE,
        /** A store could not be read, and no other has them. */
        CANDLES_UNREADABLE,
        /** There are as many, but not the same ones. */
        CANDLES_CHANGED
    }

    /** @param higher of each higher timeframe that the strategy reads */
    private record Candles(List<Candle> base, Map<Timeframe, List<Candle>> higher) {}

    private record Question(SentSignal signal, int window, StrategyDefinition strategy, EffectiveConfig config) {
        long openTime() {
            return signal.openTime().toEpochMilli();
        }

        long closeTime() {
            return signal.timeframe().closeTime(openTime());
        }

        List<Timeframe> higher() {
            return config.higherTimeframes().getOrDefault(signal.timeframe(), List.of());
        }
    }

    private final SignalEngine engine;
    private final List<CandleStore> stores;

    public SignalReplay(String environment, List<CandleStore> stores) {
        this.engine = new SignalEngine(environment);
        this.stores = List.copyOf(stores);
    }

    /**
     * @param window how many candles it was decided on, as it says
     * @param config of its symbol, as of its revision, with its strategy among the active ones or not
     */
    public CompletionStage<Result> replay(
            SentSignal signal, int window, StrategyDefinition strategy, EffectiveConfig config) {
        var question = new Question(signal, window, strategy, config.only(strategy.id()));
        return ask(question, 0, Reason.CANDLES_GONE);
    }

    private CompletionStage<Result> ask(Question question, int from, Reason soFar) {
        if (from == stores.size()) {
            return CompletableFuture.completedStage(new Result.Impossible(soFar));
        }
        var store = stores.get(from);
        return read(store, question)
                .handle((candles, failure) ->
                        failure == null ? decide(store, question, candles) : impossible(Reason.CANDLES_UNREADABLE))
                .thenCompose(result -> switch (result) {
                    case Result.Decided decided -> CompletableFuture.completedStage(decided);
                    case Result.Impossible(var reason) ->
                        ask(question, from + 1, reason.compareTo(soFar) > 0 ? reason : soFar);
                });
    }

    private static CompletionStage<Candles> read(CandleStore store, Question question) {
        var symbol = question.signal().symbol();
        CompletionStage<Map<Timeframe, List<Candle>>> all =
                CompletableFuture.completedStage(new EnumMap<>(Timeframe.class));
        for (var timeframe : question.higher()) {
            var unfinished = timeframe.openTime(question.closeTime());
            var candles = store.history().before(symbol, timeframe, unfinished, Series.CAPACITY - 1);
            all = all.thenCombine(candles, (known, read) -> {
                known.put(timeframe, read);
                return known;
            });
        }
        return store.history()
                .before(symbol, question.signal().timeframe(), question.openTime() + 1, Series.CAPACITY)
                .thenCombine(all, Candles::new);
    }

    /** A window may have been short, and without its higher timeframes: what it was is told by the hash alone. */
    private Result decide(CandleStore store, Question question, Candles candles) {
        var base = candles.base().stream()
                .sorted(Comparator.comparingLong(Candle::openTime))
                .toList();
        if (base.size() < question.window() || base.getLast().openTime() != question.openTime()) {
            return impossible(Reason.CANDLES_GONE);
        }
        var isLacking = false;
        for (var length : new LinkedHashSet<>(List.of(base.size(), question.window()))) {
            var newest = base.subList(base.size() - length, base.size());
            for (var higher : new LinkedHashSet<>(List.of(candles.higher(), Map.<Timeframe, List<Candle>>of()))) {
                var views = views(question, newest, higher);
                if (hash(question, views).equals(question.signal().values().windowHash())) {
                    return new Result.Decided(store.name(), decide(question, views));
                }
            }
            isLacking |= isLacking(question, views(question, newest, candles.higher()));
        }
        return impossible(isLacking ? Reason.CANDLES_GONE : Reason.CANDLES_CHANGED);
    }

    private static Result impossible(Reason reason) {
        return new Result.Impossible(reason);
    }

    private Optional<Signal> decide(Question question, CandleViews views) {
        var signal = question.signal();
        return engine
                .evaluate(signal.symbol(), signal.timeframe(), views, question.config(), Rejections.IGNORED)
                .stream()
                .filter(decided -> decided.intentId().equals(signal.intentId()))
                .findFirst();
    }

    private static CandleViews views(Question question, List<Candle> base, Map<Timeframe, List<Candle>> candles) {
        var window = Series.windowOf(base);
        var higher = new HigherViews(question.signal().timeframe(), window);
        candles.forEach((timeframe, read) -> higher.read(timeframe, Series.windowOf(read)));
        return TimeframeState.viewsOf(window, higher);
    }

    /** The strategy reads higher timeframes, and they are not there. */
    private static boolean isLacking(Question question, CandleViews views) {
        return question.higher().stream()
                .anyMatch(timeframe -> !views.higher().isKnown(timeframe, question.closeTime()));
    }

    private static String hash(Question question, CandleViews views) {
        var strategy = question.strategy();
        var base = question.signal().timeframe();
        var series = new EnumMap<Timeframe, CandleSeries>(Timeframe.class);
        series.put(base, strategy.readsLongWindow() ? views.longWindow() : views.window());
        for (var timeframe : strategy.higherTimeframes(base)) {
            var higher = views.higher().closedBy(timeframe, question.closeTime());
            if (higher != null) {
                series.put(timeframe, higher);
            }
        }
        return SignalIdentity.windowHash(series);
    }
}
