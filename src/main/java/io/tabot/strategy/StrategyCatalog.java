package io.tabot.strategy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one registry of strategies. Its order is the order in which they run and in which their signals go out. */
public final class StrategyCatalog {
    private final Map<String, Strategy> strategies = new LinkedHashMap<>();

    public StrategyCatalog(List<Strategy> strategies) {
        for (var strategy : strategies) {
            if (this.strategies.put(strategy.definition().id(), strategy) != null) {
                throw new IllegalArgumentException(
                        "strategy " + strategy.definition().id() + " is registered twice");
            }
        }
    }

    /** Every strategy that this build knows. */
    public static StrategyCatalog standard() {
        return new StrategyCatalog(List.of(
                new MomentumPulse(),
                new BandFadeReversal(),
                new GoldenTrendSync(),
                new RangeBreakPop(),
                new DivergenceTrap(),
                new VolumeSurgeBreakout(),
                new MeanReversionScalper(),
                new IchimokuCloudMomentum(),
                new LiquidityGrabReversal(),
                new MultiTimeframeTrendContinuation(),
                new OrderFlowImbalance(),
                new EmaAlignmentBullish(),
                new BollingerSqueezeAlert(),
                new BollingerBreakoutSignals(),
                new RsiExtremeReversal(),
                new InsideBarBreakout(),
                new EmaPullbackContinuation(),
                new EmaMomentumReversal(),
                new FoxTrapReversal(),
                new HammerReversalPattern(),
                new BearTrapBuy(),
                new InsideBarSell(),
                new ShootingStarReversal(),
                new DojiReversal(),
                new EmaAlignmentBearish(),
                new EmaSlopeReversalSell(),
                new MinerviniTrendTemplate(),
                new BearTrapSell()));
    }

    public List<Strategy> strategies() {
        return List.copyOf(strategies.values());
    }

    /** The ids in catalog order. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(strategies.keySet());
    }

    public Optional<Strategy> find(String id) {
        return Optional.ofNullable(strategies.get(id));
    }
}
