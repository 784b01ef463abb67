package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.signal.Sites.Site;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Configs;
import io.tabot.testing.Rounds;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Under rule set corrected no rule knows what a coin costs: prices times a power of two, which is exact, give the same
 * signal with the same prices times that power, and nothing else changes.
 */
class PriceScalingTest {
    private static final double[] FACTORS = {0x1p-30, 0x1p-3, 0x1p40};
    private static final int SITES_STEP = 2;
    private static final int PARAMETER_SETS = Rounds.of(300);

    /** The metadata that is in the unit of the prices; all other is without unit, or of volume or time. */
    private static final Set<String> PRICES = Set.of("""
            stop_loss take_profit entry_price
            atr macd macd_hist macd_signal
            ema8 ema9 ema20 ema21 ema30 ema50 ema80 ema200 sma10 sma50 sma150 sma200
            ema9_momentum current_slope previous_slope
            ema8_slope_1 ema8_slope_2 ema80_slope_1 ema80_slope_2
            current_inclination previous_inclination slope_change
            bb_lower bb_middle bb_upper
            tenkan_sen kijun_sen senkou_span_a senkou_span_b chikou_span
            week_52_high week_52_low
            candle_open candle_high candle_low candle_close
            body_size lower_shadow upper_shadow total_range range_size
            inside_bar_high inside_bar_low inside_bar_range previous_high previous_low consolidation_size
            trap_depth false_breakout_height breakout_failure_distance
            """.split("\\s+"));

    /** It names the candles, which are others. */
    private static final String WINDOW_HASH = "window_hash";

    private static final Set<String> SEEN = new TreeSet<>();

    private final SignalEngine engine = new SignalEngine("test");

    static Stream<Strategy> strategies() {
        return Configs.CATALOG.strategies().stream();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void scalesPricesAndNothingElse(Strategy strategy) {
        var fired = 0;
        var sites = Sites.standard().of(strategy, RuleSet.CORRECTED);
        for (var i = 0; i < sites.size(); i += SITES_STEP) {
            fired += compare(strategy, sites.get(i), Map.of());
        }
        assertThat(fired).isPositive();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void scalesWithAnyAllowedParameters(Strategy strategy) {
        var random = new Random(Sites.SEED);
        var allowed = new AllowedParameters(strategy.definition().schema(), random);
        var sites = Sites.standard().of(strategy, RuleSet.CORRECTED);
        var enabled = strategy.definition().schema().enabled();
        for (var i = 0; i < PARAMETER_SETS; i++) {
            var parameters = random.nextInt(4) == 0 ? allowed.all() : allowed.some(3, enabled);
            compare(strategy, sites.get(random.nextInt(sites.size())), parameters);
        }
    }

    @AfterAll
    static void everyPriceOfTheTableWasSeen() {
        assertThat(SEEN).containsExactlyInAnyOrderElementsOf(PRICES);
    }

    /** 1 if the strategy fired on the window. */
    private int compare(Strategy strategy, Site site, Map<String, Object> parameters) {
        var views = site.views();
        var usual = evaluate(strategy, site, views, parameters);
        for (var factor : FACTORS) {
            var scaled = evaluate(strategy, site, scaled(views, factor), parameters);
            assertThat(facts(scaled, 1))
                    .as("%s times %s with %s, seed %d", site, factor, parameters, Sites.SEED)
                    .isEqualTo(facts(usual, factor));
        }
        usual.forEach(signal -> signal.metadata().forEach(PriceScalingTest::see));
        return usual.size();
    }

    private List<Signal> evaluate(Strategy strategy, Site site, CandleViews views, Map<String, Object> parameters) {
        var config = Configs.only(strategy, RuleSet.CORRECTED, parameters);
        return engine.evaluate(new Symbol("BTCUSDT"), site.timeframe(), views, config, Rejections.IGNORED);
    }

    private static List<Map<String, @Nullable Object>> facts(List<Signal> signals, double factor) {
        return signals.stream().map(signal -> facts(signal, factor)).toList();
    }

    /** All that a signal says, its prices times the factor. */
    private static Map<String, @Nullable Object> facts(Signal signal, double factor) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("action", signal.action());
        facts.put("strength", signal.strength());
        facts.put("order type", signal.orderType());
        facts.put("confidence", signal.confidence());
        facts.put("current price", signal.currentPrice() * factor);
        facts.put("price", signal.price() * factor);
        facts.put("stop loss", times(signal.stopLoss(), factor));
        facts.put("take profit", times(signal.takeProfit(), factor));
        signal.metadata()
                .forEach((name, value) ->
                        facts.put("metadata " + name, PRICES.contains(name) ? times((Double) value, factor) : value));
        facts.remove("metadata " + WINDOW_HASH);
        return facts;
    }

    /** Without a sign of zero: what has none is not scaled either. */
    private static @Nullable Double times(@Nullable Double value, double factor) {
        return value == null ? null : value * factor + 0.0;
    }

    private static void see(String name, @Nullable Object value) {
        if (PRICES.contains(name) && value instanceof Double number && number != 0) {
            SEEN.add(name);
        }
    }

    private static CandleViews scaled(CandleViews views, double factor) {
        return new CandleViews(
                scaled(views.window(), factor), scaled(views.longWindow(), factor), (timeframe, instant) -> {
                    var higher = views.higher().closedBy(timeframe, instant);
                    return higher == null ? null : scaled(higher, factor);
                });
    }

    private static CandleSeries scaled(CandleSeries series, double factor) {
        var candles = new ArrayList<Candle>();
        for (var i = 0; i < series.length(); i++) {
            var candle = series.candle(i);
            candles.add(new Candle(
                    candle.openTime(),
                    candle.open() * factor,
                    candle.high() * factor,
                    candle.low() * factor,
                    candle.close() * factor,
                    candle.volume()));
        }
        return Windows.of(candles);
    }
}
