package io.tabot.signal;

import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections.Reason;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From a window of candles and a configuration to signals: a pure function, but for what it tells {@link Rejections}.
 * Allocates nothing unless a strategy fires.
 *
 * <p>One engine serves all threads of a node: the scratch that indicators are computed in is kept per thread, not per
 * symbol, since there are far fewer threads. The views must not change while they are evaluated.
 */
public final class SignalEngine {
    private final String environment;
    private final ThreadLocal<EvaluationContext> contexts;

    public SignalEngine(String environment) {
        this(environment, Kernel.FUSED);
    }

    public SignalEngine(String environment, Kernel kernel) {
        this.environment = environment;
        this.contexts = ThreadLocal.withInitial(() -> new EvaluationContext(kernel));
    }

    /** The signals on the newest candle, in catalog order. */
    public List<Signal> evaluate(
            Symbol symbol, Timeframe timeframe, CandleViews views, EffectiveConfig config, Rejections rejections) {
        if (isSilent(views, config)) {
            return List.of();
        }
        var context = begin(timeframe, views, config);
        List<Signal> signals = List.of();
        @Nullable SignalStamp stamp = null;
        var strategies = config.strategies();
        // By index: an iterator would be garbage on every candle.
        for (var i = 0; i < strategies.size(); i++) {
            var active = strategies.get(i);
            var decision = accepted(active, context, config, rejections, true);
            if (decision != null) {
                stamp = stamp == null ? new SignalStamp(environment, symbol, context, config) : stamp;
                signals = signals.isEmpty() ? new ArrayList<>() : signals;
                signals.add(stamp.signal(active, decision));
            }
        }
        return List.copyOf(signals);
    }

    /**
     * The same decisions, in catalog order, without what identifies and explains a signal, metadata included: for who
     * acts on them at once and in the same process.
     */
    public void decide(
            Timeframe timeframe,
            CandleViews views,
            EffectiveConfig config,
            Rejections rejections,
            BiConsumer<? super ActiveStrategy, ? super Decision> decisions) {
        decide(timeframe, views, config, rejections, false, decisions);
    }

    /** @param isExplained whether the decisions have their metadata */
    void decide(
            Timeframe timeframe,
            CandleViews views,
            EffectiveConfig config,
            Rejections rejections,
            boolean isExplained,
            BiConsumer<? super ActiveStrategy, ? super Decision> decisions) {
        if (isSilent(views, config)) {
            return;
        }
        var context = begin(timeframe, views, config);
        var strategies = config.strategies();
        for (var i = 0; i < strategies.size(); i++) {
            var decision = accepted(strategies.get(i), context, config, rejections, isExplained);
            if (decision != null) {
                decisions.accept(strategies.get(i), decision);
            }
        }
    }

    private static boolean isSilent(CandleViews views, EffectiveConfig config) {
        return config.paused() || views.window().length() == 0;
    }

    private EvaluationContext begin(Timeframe timeframe, CandleViews views, EffectiveConfig config) {
        var context = contexts.get();
        context.begin(views, timeframe, config.ruleSet());
        return context;
    }

    /** One that is wanted with its metadata is made again: that costs less than metadata for all that are rejected. */
    private static @Nullable Decision accepted(
            ActiveStrategy active,
            EvaluationContext context,
            EffectiveConfig config,
            Rejections rejections,
            boolean isExplained) {
        context.explain(false);
        var decision = unobjected(active, context, config, rejections);
        if (decision == null || !isExplained) {
            return decision;
        }
        context.explain(true);
        return unobjected(active, context, config, rejections);
    }

    private static @Nullable Decision unobjected(
            ActiveStrategy active, EvaluationContext context, EffectiveConfig config, Rejections rejections) {
        var made = decide(active, context, rejections);
        if (made.isEmpty()) {
            return null;
        }
        var id = active.strategy().definition().id();
        if (!isShare(made.get().confidence())) {
            rejections.rejected(id, Reason.INVALID_CONFIDENCE);
            return null;
        }
        var decision = RiskCompletion.complete(made.get(), context);
        var reason = objection(decision, context, config);
        if (reason != null) {
            rejections.rejected(id, reason);
            return null;
        }
        return decision;
    }

    /** A strategy that fails is a bug of that strategy alone: the others still run. */
    private static Optional<Decision> decide(ActiveStrategy active, EvaluationContext context, Rejections rejections) {
        var strategy = active.strategy();
        if (!strategy.definition().timeframes().contains(context.timeframe())) {
            return Optional.empty();
        }
        try {
            context.use(strategy.definition(), active.parameters());
            return strategy.evaluate(context);
        } catch (RuntimeException e) {
            rejections.failed(strategy.definition().id(), e);
            return Optional.empty();
        }
    }

    private static @Nullable Reason objection(Decision decision, EvaluationContext context, EffectiveConfig config) {
        if (!isPrice(decision.price()) || !isPrice(context.close(context.newest()))) {
            return Reason.INVALID_PRICE;
        }
        if (isTrade(decision) && !hasRisk(decision)) {
            return Reason.INVALID_RISK;
        }
        if (context.isCorrected() && !RiskCompletion.isOnRightSides(decision)) {
            return Reason.WRONG_SIDE;
        }
        if (decision.confidence() < config.confidenceMin()) {
            return Reason.BELOW_CONFIDENCE;
        }
        return decision.confidence() > config.confidenceMax() ? Reason.ABOVE_CONFIDENCE : null;
    }

    private static boolean isTrade(Decision decision) {
        return decision.action() == Action.BUY || decision.action() == Action.SELL;
    }

    private static boolean hasRisk(Decision decision) {
        return isPrice(RiskCompletion.orNan(decision.stopLoss()))
                && isPrice(RiskCompletion.orNan(decision.takeProfit()));
    }

    private static boolean isShare(double value) {
        return 0 <= value && value <= 1;
    }

    private static boolean isPrice(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }
}
