package io.tabot.strategy;

import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy sees in one evaluation: the candles, its parameters, and indicators computed once per candle and
 * shared by all strategies, lazily, so that a disabled strategy costs nothing.
 */
public final class EvaluationContext extends CandleAnalysis {
    private final FusedGroups groups;
    private final IndicatorCache windowIndicators;
    private final IndicatorCache longWindowIndicators;
    private final Map<Timeframe, HigherTimeframe> higherTimeframes = new EnumMap<>(Timeframe.class);
    private CandleViews views;
    private long evaluation;
    private Timeframe timeframe = Timeframe.ONE_MINUTE;
    private RuleSet ruleSet = RuleSet.PYTHON;
    private boolean isExplained = true;
    private ParameterValues parameters = ParameterValues.defaults(new ParameterSchema());

    public EvaluationContext() {
        this(Kernel.FUSED);
    }

    public EvaluationContext(Kernel kernel) {
        this(kernel, new CandleWindow(1).newest(1));
    }

    private EvaluationContext(Kernel kernel, CandleSeries none) {
        this(new FusedGroups(kernel, none), CandleViews.of(none));
    }

    private EvaluationContext(FusedGroups groups, CandleViews views) {
        this(new IndicatorCache(views.window(), groups), groups, views);
    }

    private EvaluationContext(IndicatorCache indicators, FusedGroups groups, CandleViews views) {
        super(indicators);
        this.groups = groups;
        this.windowIndicators = indicators;
        this.longWindowIndicators = new IndicatorCache(views.longWindow(), groups);
        this.views = views;
    }

    /** Turns to another candle: all strategies that follow share these views and the indicators over them. */
    public void begin(CandleViews views, Timeframe timeframe, RuleSet ruleSet) {
        this.views = views;
        this.timeframe = timeframe;
        this.ruleSet = ruleSet;
        evaluation++;
        windowIndicators.begin(views.window(), ruleSet);
        longWindowIndicators.begin(views.longWindow(), ruleSet);
        show(windowIndicators);
    }

    /** Turns to another strategy: its parameters, and the long window if it needs more candles than the other has. */
    public void use(StrategyDefinition definition, ParameterValues parameters) {
        this.parameters = parameters;
        show(definition.readsLongWindow() ? longWindowIndicators : windowIndicators);
    }

    /** Whether the decisions that follow have their metadata; at first they have. */
    public void explain(boolean isExplained) {
        this.isExplained = isExplained;
    }

    public Timeframe timeframe() {
        return timeframe;
    }

    /** The same symbol on a higher timeframe: what had closed there when the newest candle closed; null if unknown. */
    public @Nullable HigherTimeframe higher(Timeframe higher) {
        var closeTime = timeframe.closeTime(candles().openTime(newest()));
        var series = views.higher().closedBy(higher, closeTime);
        if (series == null) {
            return null;
        }
        var known = higherTimeframes.get(higher);
        if (known == null) {
            known = new HigherTimeframe(series, groups);
            higherTimeframes.put(higher, known);
        }
        return known.at(series, ruleSet, evaluation);
    }

    public RuleSet ruleSet() {
        return ruleSet;
    }

    /** Whether the evident meaning of the rules applies, not the Python bot's reading of them. */
    public boolean isCorrected() {
        return ruleSet == RuleSet.CORRECTED;
    }

    /** Where a strategy puts down what led to its decision. It never reads it back. */
    public Metadata metadata() {
        return isExplained ? new Metadata() : Metadata.IGNORED;
    }

    public ParameterValues parameters() {
        return parameters;
    }
}
