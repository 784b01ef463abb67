package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.Configs;
import io.tabot.testing.Evaluations;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where rule set corrected differs from python for candle patterns, traps, falling averages and the long rise. */
class CorrectedPatternRulesTest {
    private static final Set<String> BREAKOUTS = Set.of(
            "hammer_reversal_pattern",
            "bear_trap_buy",
            "inside_bar_sell",
            "shooting_star_reversal",
            "ema_slope_reversal_sell",
            "bear_trap_sell");
    private static final double ABSOLUTE_RANGE_MIN = 0.0001;
    private static final Map<String, CandleColumns> SERIES = new HashMap<>();

    private final SignalEngine engine = new SignalEngine("test");

    /** D-2, D-35. */
    @Test
    void givesTheDojiSignalsThatTheOriginalFailedOn() {
        var differences = new ArrayList<String>();
        var tally = new GoldenSignalTest.Tally();
        var rejected = 0;
        for (var line : Golden.repairedDojiLines().toList()) {
            var signals = corrected("doji_reversal", line);
            if (line.get("signal").isNull()) {
                rejected++;
                assertThat(signals).as(where(line)).isEmpty();
                continue;
            }
            assertThat(signals).as(where(line)).hasSize(1);
            var expected = ((ObjectNode) line.get("signal")).put("order_type", "stop");
            new RecordedSignal(expected).compare(signals.getFirst(), tally, differences, where(line));
        }
        System.out.println("doji_reversal: " + tally + ", rejected " + rejected);
        assertThat(differences).isEmpty();
        assertThat(rejected).isEqualTo(2);
    }

    /** D-2, D-29. */
    @Test
    void seesADojiNowhereElseUnlessItsRangeIsTinyOnlyInMoney() {
        var failed = new HashSet<String>();
        Golden.repairedDojiLines().forEach(line -> failed.add(where(line)));
        var others = new TreeMap<String, Double>();
        for (var name : Golden.series()) {
            Golden.signalLines(name)
                    .filter(line -> !failed.contains(where(line)))
                    .filter(line -> !corrected("doji_reversal", line).isEmpty())
                    .forEach(line -> others.put(where(line), range(line)));
        }

        assertThat(failed).hasSize(169);
        assertThat(others.values()).isNotEmpty().allMatch(range -> range < ABSOLUTE_RANGE_MIN);
    }

    /** D-3: the original wrote an error whenever all criteria held, and so told where it would have fired. */
    @Test
    void buysTheLongRiseExactlyWhereTheOriginalFailed() {
        var failed = new ArrayList<String>();
        var fired = new ArrayList<String>();
        for (var name : Golden.series()) {
            Golden.signalLines(name).forEach(line -> {
                if (line.get("log").toString().contains("minervini_trend_template")) {
                    failed.add(where(line));
                }
                if (!corrected("minervini_trend_template", line).isEmpty()) {
                    fired.add(where(line));
                }
            });
        }

        assertThat(fired).hasSize(13).isEqualTo(failed);
    }

    /** D-3, D-35. */
    @Test
    void buysTheLongRiseOnTheLongWindow() {
        var window = new CandleWindow(300);
        var series = Golden.candles("edge_minervini_trend_p");
        for (var i = 0; i < series.length(); i++) {
            window.insert(Windows.candle(series, i));
        }
        var views = new CandleViews(window.newest(250), window.newest(300), HigherCandles.NONE);

        var signal =
                evaluate("minervini_trend_template", RuleSet.CORRECTED, views).getFirst();

        assertThat(evaluate("minervini_trend_template", RuleSet.PYTHON, views)).isEmpty();
        assertThat(signal.action()).isEqualTo(Action.BUY);
        assertThat(signal.strength()).isEqualTo(Strength.STRONG);
        assertThat(signal.orderType()).isEqualTo(OrderType.STOP);
        assertThat(signal.confidence()).isBetween(0.85, 0.90);
        assertThat(signal.price()).isEqualTo(views.window().high(249));
        assertThat(signal.stopLoss()).isLessThan(signal.price());
        var risk = signal.price() - signal.stopLoss();
        assertThat(signal.takeProfit()).isCloseTo(signal.price() + 2 * risk, within(1e-9));
        assertThat(signal.metadata()).containsEntry("window", 300).containsEntry("criteria_score", 1.0);
        assertThat(SignalJson.text(signal, null)).contains("""
                "criteria_met":{"uptrend_hierarchy":true,"trend_consistency":true,"long_term_uptrend":true,\
                "short_term_strength":true,"recovery_from_base":true,"near_highs":true,"relative_strength":true},\
                "criteria_score":1.0,""");
    }

    /** D-3. */
    @Test
    void needs265CandlesForTheLongRise() {
        var series = Golden.candles("edge_minervini_trend_p");

        assertThat(corrected("minervini_trend_template", Windows.of(series, 350, 265)))
                .hasSize(1);
        assertThat(corrected("minervini_trend_template", Windows.of(series, 350, 264)))
                .isEmpty();
    }

    /** D-29. */
    @Test
    void measuresTheBodyOfAShootingStarByThePrice() {
        var cheap = 0x1p-20;

        var ordinary = corrected("shooting_star_reversal", star(1, 1)).getFirst();
        var scaled = corrected("shooting_star_reversal", star(cheap, 1)).getFirst();

        assertThat(python("shooting_star_reversal", star(1, 1))).hasSize(1);
        assertThat(python("shooting_star_reversal", star(cheap, 1))).isEmpty();
        assertThat(scaled.confidence()).isEqualTo(ordinary.confidence());
        assertThat(scaled.price()).isEqualTo(ordinary.price() * cheap);
        assertThat(scaled.stopLoss()).isEqualTo(ordinary.stopLoss() * cheap);
        assertThat(scaled.takeProfit()).isEqualTo(ordinary.takeProfit() * cheap);
    }

    /** D-29. */
    @Test
    void ignoresABodyThatIsNothingBesideThePrice() {
        var dear = 1e7;

        assertThat(python("shooting_star_reversal", star(dear, 5e-8))).hasSize(1);
        assertThat(corrected("shooting_star_reversal", star(dear, 5e-8))).isEmpty();
    }

    /** D-29. */
    @Test
    void measuresTheRangeOfADojiByThePrice() {
        var cheap = 0x1p-20;

        var ordinary = corrected("doji_reversal", star(1, 0.01)).getFirst();
        var scaled = corrected("doji_reversal", star(cheap, 0.01)).getFirst();

        assertThat(range(star(cheap, 0.01))).isLessThan(ABSOLUTE_RANGE_MIN);
        assertThat(scaled.confidence()).isEqualTo(ordinary.confidence());
        assertThat(scaled.price()).isEqualTo(ordinary.price() * cheap);
    }

    /** D-35. */
    @Test
    void ordersAnEntryBeyondTheCandleAsAStopAndChangesNothingElse() {
        var compared = new HashMap<String, Integer>();
        for (var name : Golden.series()) {
            Golden.signalLines(name)
                    .forEach(line -> line.get("fired").forEach(id -> {
                        if (BREAKOUTS.contains(id.asText()) && compareOrderType(id.asText(), view(line))) {
                            compared.merge(id.asText(), 1, Integer::sum);
                        }
                    }));
        }

        System.out.println("market under python, stop under corrected: " + compared);
        assertThat(compared.keySet()).isEqualTo(BREAKOUTS);
        assertThat(compared.values()).allMatch(count -> count > 50);
    }

    /** Whether the signal could be compared: one without any risk or of a tiny body is another row's matter. */
    private boolean compareOrderType(String strategyId, CandleSeries view) {
        var python = python(strategyId, view).getFirst();
        if (range(view) == 0) {
            return false;
        }
        var corrected = corrected(strategyId, view).getFirst();
        assertThat(python.orderType()).isEqualTo(OrderType.MARKET);
        assertThat(corrected.orderType()).isEqualTo(OrderType.STOP);
        assertThat(corrected)
                .usingRecursiveComparison()
                .ignoringFields("orderType", "metadata.rule_set")
                .isEqualTo(python);
        return true;
    }

    /** The entry is the close itself there. */
    @Test
    void leavesTheOrderOfTheBearishAlignmentAMarketOrder() {
        var fired = Golden.signalLines("edge_monotonic_down_p")
                .filter(line -> line.get("fired").toString().contains("ema_alignment_bearish"))
                .toList();

        assertThat(fired)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(corrected("ema_alignment_bearish", line)
                                .getFirst()
                                .orderType())
                        .isEqualTo(OrderType.MARKET));
    }

    /** Quiet candles around 100, the newest one a star or, with hardly a body, a doji; all prices times the scale. */
    private static CandleSeries star(double scale, double body) {
        var candles = new ArrayList<Candle>();
        for (var i = 0; i < 30; i++) {
            candles.add(candle(i, scale, 100, 100.5, 99.5, 100));
        }
        candles.add(candle(30, scale, 101 + body, 101 + 4 * body + 1, 101 - body / 8, 101));
        return Windows.of(candles);
    }

    private static Candle candle(int i, double scale, double open, double high, double low, double close) {
        return new Candle(i * 3_600_000L, open * scale, high * scale, low * scale, close * scale, 100);
    }

    private List<Signal> python(String strategyId, CandleSeries view) {
        return Evaluations.signals(strategyId, RuleSet.PYTHON, Map.of(), view);
    }

    private List<Signal> corrected(String strategyId, CandleSeries view) {
        return Evaluations.signals(strategyId, RuleSet.CORRECTED, Map.of(), view);
    }

    private List<Signal> corrected(String strategyId, JsonNode line) {
        var recorded = line.has("signal") ? line.get("signal") : line;
        return engine.evaluate(
                new Symbol(recorded.path("symbol").asText("BTCUSDT")),
                Timeframe.of(recorded.path("timeframe").asText("1h")).orElseThrow(),
                CandleViews.of(view(line)),
                Configs.only(strategyId, RuleSet.CORRECTED, Map.of()),
                Rejections.IGNORED);
    }

    private List<Signal> evaluate(String strategyId, RuleSet ruleSet, CandleViews views) {
        return engine.evaluate(
                new Symbol("SOLUSDT"),
                Timeframe.ONE_DAY,
                views,
                Configs.only(strategyId, ruleSet, Map.of()),
                Rejections.IGNORED);
    }

    private static CandleSeries view(JsonNode line) {
        return Windows.of(
                SERIES.computeIfAbsent(line.get("series").asText(), Golden::candles),
                line.get("end_index").asInt(),
                line.get("window").asInt());
    }

    private static double range(JsonNode line) {
        return range(view(line));
    }

    private static double range(CandleSeries view) {
        var newest = view.length() - 1;
        return view.high(newest) - view.low(newest);
    }

    private static String where(JsonNode line) {
        return line.get("series").asText() + " " + line.get("end_index") + " of " + line.get("window");
    }
}
