package io.tabot.signal;

import io.tabot.market.CandleViews;
import io.tabot.market.Timeframe;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.SampleSeries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Recorded and generated windows, and on which of them a strategy fires with its defaults: where it does, and close by,
 * a change of a parameter shows.
 */
final class Sites {
    static final long SEED = 20260701;

    private static final int FIRING = 200;
    private static final int OTHERS = 200;
    private static final int NEIGHBOURHOODS = 60;
    private static final int CUTS = 250;

    /** One window: the newest candle, and how many there are. */
    record Site(SampleSeries series, int last, int length) {
        Timeframe timeframe() {
            return series.timeframe();
        }

        CandleViews views() {
            return series.views(last, length);
        }

        Site cut(int length) {
            return new Site(series, last, length);
        }

        @Override
        public String toString() {
            return "%d candles of %s %s up to %d".formatted(length, series.name(), series.timeframe(), last);
        }
    }

    private final List<Site> all = new ArrayList<>();
    private final Map<RuleSet, Map<String, List<Site>>> firing = new EnumMap<>(RuleSet.class);

    private Sites() {
        Golden.series().forEach(this::addRecorded);
        SampleSeries.generated(SEED).forEach(this::addEvery);
        for (var ruleSet : RuleSet.values()) {
            firing.put(ruleSet, findFiring(ruleSet));
        }
    }

    /** The same for all tests: they are searched for once. */
    static Sites standard() {
        return Standard.SITES;
    }

    private static final class Standard {
        private static final Sites SITES = new Sites();
    }

    int count() {
        return all.size();
    }

    /** Where to look for effects: some where the strategy fires, near misses, windows cut short, and any others. */
    List<Site> of(Strategy strategy, RuleSet ruleSet) {
        var random = new Random(SEED);
        var fires =
                spread(firing.get(ruleSet).getOrDefault(strategy.definition().id(), List.of()), FIRING);
        var sites = new LinkedHashSet<>(fires);
        spread(fires, NEIGHBOURHOODS)
                .forEach(site -> IntStream.of(-2, -1, 1, 2)
                        .map(step -> site.last() + step)
                        .filter(last -> 0 <= last && last < site.series().length())
                        .forEach(last -> sites.add(new Site(site.series(), last, site.length()))));
        for (var i = 0; i < CUTS && !fires.isEmpty(); i++) {
            var site = fires.get(random.nextInt(fires.size()));
            sites.add(site.cut(1 + random.nextInt(site.length())));
        }
        var others = all.stream().filter(site -> runsOn(strategy, site)).toList();
        random.ints(OTHERS, 0, others.size()).mapToObj(others::get).forEach(sites::add);
        return List.copyOf(sites);
    }

    /** Every one that the strategy runs on: first those on which it fires with its defaults. */
    List<Site> all(Strategy strategy, RuleSet ruleSet) {
        var fires = firing.get(ruleSet).getOrDefault(strategy.definition().id(), List.of());
        var sites = new LinkedHashSet<>(fires);
        all.stream().filter(site -> runsOn(strategy, site)).forEach(sites::add);
        return List.copyOf(sites);
    }

    static boolean runsOn(Strategy strategy, Site site) {
        return strategy.definition().timeframes().contains(site.timeframe());
    }

    private void addRecorded(String name) {
        var series = SampleSeries.recorded(name);
        Golden.signalLines(name).forEach(line -> {
            var last = line.get("end_index").asInt();
            // A window of fewer candles than are there was recorded because of its length.
            var length = line.get("window").asInt() < 250 ? line.get("window").asInt() : SampleSeries.LONG_WINDOW;
            all.add(new Site(series, last, length));
        });
    }

    private void addEvery(SampleSeries series) {
        for (var last = 0; last < series.length(); last++) {
            all.add(new Site(series, last, SampleSeries.LONG_WINDOW));
        }
    }

    /** All strategies on one window after the other, so that they share its indicators. */
    private Map<String, List<Site>> findFiring(RuleSet ruleSet) {
        var found = new HashMap<String, List<Site>>();
        var strategies = Configs.CATALOG.strategies();
        strategies.forEach(strategy -> found.put(strategy.definition().id(), new ArrayList<>()));
        var defaults = new IdentityHashMap<StrategyDefinition, ParameterValues>();
        strategies.forEach(strategy -> defaults.put(
                strategy.definition(),
                ParameterValues.defaults(strategy.definition().schema())));
        var context = new EvaluationContext();
        for (var site : all) {
            context.begin(site.views(), site.timeframe(), ruleSet);
            for (var strategy : strategies) {
                var definition = strategy.definition();
                context.use(definition, defaults.get(definition));
                if (runsOn(strategy, site) && strategy.evaluate(context).isPresent()) {
                    found.get(definition.id()).add(site);
                }
            }
        }
        return found;
    }

    /** So many of them, evenly. */
    private static List<Site> spread(List<Site> sites, int count) {
        return IntStream.range(0, Math.min(count, sites.size()))
                .mapToObj(i -> sites.get((int) ((long) i * sites.size() / Math.min(count, sites.size()))))
                .toList();
    }
}
