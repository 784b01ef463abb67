package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Sites.Site;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Configs;
import io.tabot.testing.DegenerateCandles;
import io.tabot.testing.Golden;
import io.tabot.testing.Rounds;
import io.tabot.testing.SampleSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the candles and the parameters, as long as both are allowed: no failure, nothing but numbers, and nothing
 * that depends on more than the window.
 */
class StrategyPropertyTest {
    private static final long SEED = 20260702;
    private static final int WINDOWS = Rounds.of(3000);
    private static final int SITES_STEP = 4;
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final List<SampleSeries> SERIES = series();

    private final SignalEngine engine = new SignalEngine("test");
    private final RecordedRejections rejections = new RecordedRejections();

    static Stream<Strategy> strategies() {
        return Configs.CATALOG.strategies().stream();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void neverFailsAndNeverYieldsWhatIsNotANumber(Strategy strategy) {
        var random = new Random(SEED + strategy.definition().id().hashCode());
        var allowed = new AllowedParameters(strategy.definition().schema(), random);
        for (var i = 0; i < WINDOWS; i++) {
            var parameters = parameters(strategy, allowed, random);
            var series = SERIES.get(random.nextInt(SERIES.size()));
            var views = views(series, random);
            for (var ruleSet : RuleSet.values()) {
                var config = Configs.only(strategy, ruleSet, parameters);

                var signals = engine.evaluate(SYMBOL, timeframe(strategy, random), views, config, rejections);

                assertThat(signals)
                        .as("on %s, parameters %s, %s, seed %d", series.name(), parameters, ruleSet, SEED)
                        .allSatisfy(StrategyPropertyTest::isSound);
            }
        }
        assertThat(rejections.lines).noneMatch(line -> line.contains("failed"));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void dependsOnNothingBeforeTheWindow(Strategy strategy) {
        var random = new Random(SEED + strategy.definition().id().hashCode());
        for (var ruleSet : RuleSet.values()) {
            var config = Configs.only(strategy, ruleSet, Map.of());
            var sites = Sites.standard().of(strategy, ruleSet);
            for (var i = 0; i < sites.size(); i += SITES_STEP) {
                var site = sites.get(i);
                var alone =
                        new SignalEngine("test").evaluate(SYMBOL, site.timeframe(), site.views(), config, rejections);
                var after = engine.evaluate(SYMBOL, site.timeframe(), preceded(site, random), config, rejections);

                assertThat(after).as("%s, seed %d", site, SEED).isEqualTo(alone);
            }
        }
        assertThat(rejections.lines).noneMatch(line -> line.contains("failed"));
    }

    private static void isSound(Signal signal) {
        assertThat(signal.confidence()).isBetween(0.0, 1.0);
        assertThat(signal.price()).isFinite().isPositive();
        assertThat(signal.currentPrice()).isFinite().isPositive();
        if (signal.action() != Action.HOLD) {
            assertThat(signal.stopLoss()).isFinite().isPositive();
            assertThat(signal.takeProfit()).isFinite().isPositive();
        }
        assertThat(signal.metadata().values())
                .filteredOn(Double.class::isInstance)
                .allSatisfy(value -> assertThat((double) value).isFinite());
    }

    /** The defaults, a few changes of them, or all values at random. */
    private static Map<String, Object> parameters(Strategy strategy, AllowedParameters allowed, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of();
            case 1 -> allowed.all();
            default -> allowed.some(4, strategy.definition().schema().enabled());
        };
    }

    private static Timeframe timeframe(Strategy strategy, Random random) {
        var timeframes = List.copyOf(strategy.definition().timeframes());
        return timeframes.get(random.nextInt(timeframes.size()));
    }

    /** Up to any candle; the full length, or cut short. Any candles pass for those of a higher timeframe. */
    private static CandleViews views(SampleSeries series, Random random) {
        var length = 1 + random.nextInt(2 * SampleSeries.LONG_WINDOW);
        var views = series.views(random.nextInt(series.length()), length);
        var higher = random.nextInt(4) == 0 ? null : views.longWindow();
        return new CandleViews(views.window(), views.longWindow(), (_, _) -> higher);
    }

    /** The same window with candles before it that have nothing to do with it. */
    private static CandleViews preceded(Site site, Random random) {
        var views = site.views();
        var kept = views.longWindow();
        var step = Timeframe.ONE_MINUTE.longest().toMillis();
        var other = SERIES.get(random.nextInt(SERIES.size())).candles();
        var count = 1 + random.nextInt(other.size());
        var window = new CandleWindow(count + kept.length());
        for (var i = 0; i < count; i++) {
            window.insert(at(kept.openTime(0) - (count - i) * step, other.get(i)));
        }
        IntStream.range(0, kept.length()).mapToObj(kept::candle).forEach(window::insert);
        return new CandleViews(window.newest(views.window().length()), window.newest(kept.length()), views.higher());
    }

    private static Candle at(long openTime, Candle candle) {
        return new Candle(openTime, candle.open(), candle.high(), candle.low(), candle.close(), candle.volume());
    }

    /** The recorded edge cases, and candles that no market has. */
    private static List<SampleSeries> series() {
        var series = new ArrayList<SampleSeries>();
        DegenerateCandles.all(SEED)
                .forEach((name, candles) -> series.add(new SampleSeries(name, Timeframe.ONE_HOUR, candles)));
        Golden.series().stream()
                .filter(name -> name.startsWith("edge_"))
                .map(SampleSeries::recorded)
                .forEach(series::add);
        return series;
    }
}
