package io.tabot.config;

import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The application document, typed: what runs, on what, and within which bounds. */
public record AppConfig(
        List<String> enabledStrategies,
        List<String> symbols,
        List<String> candlePeriods,
        double minConfidence,
        double maxConfidence,
        int maxPositions,
        List<Integer> positionSizes,
        RuleSet ruleSet,
        boolean paused) {
    public static final String ENABLED_STRATEGIES = "enabled_strategies";
    public static final String SYMBOLS = "symbols";
    public static final String CANDLE_PERIODS = "candle_periods";
    public static final String MIN_CONFIDENCE = "min_confidence";
    public static final String MAX_CONFIDENCE = "max_confidence";
    public static final String MAX_POSITIONS = "max_positions";
    public static final String POSITION_SIZES = "position_sizes";
    public static final String RULE_SET = "rule_set";
    public static final String PAUSED = "paused";

    /** The names of all fields, in the order in which they are shown. */
    public static final List<String> FIELDS = List.of(
            ENABLED_STRATEGIES,
            SYMBOLS,
            CANDLE_PERIODS,
            MIN_CONFIDENCE,
            MAX_CONFIDENCE,
            MAX_POSITIONS,
            POSITION_SIZES,
            RULE_SET,
            PAUSED);

    /** Where nothing was ever configured: nothing runs, on nothing. */
    public static final AppConfig UNCONFIGURED = new AppConfig(
            List.of(), List.of(), List.of(), 0.6, 0.95, 10, List.of(100, 200, 500, 1000), RuleSet.PYTHON, false);

    public AppConfig {
        enabledStrategies = List.copyOf(enabledStrategies);
        symbols = List.copyOf(symbols);
        candlePeriods = List.copyOf(candlePeriods);
        positionSizes = List.copyOf(positionSizes);
    }

    /** The configuration of a first start: every strategy of the catalog. */
    public static AppConfig defaults(StrategyCatalog catalog, List<String> symbols, List<String> candlePeriods) {
        return new AppConfig(
                List.copyOf(catalog.ids()),
                symbols,
                candlePeriods,
                UNCONFIGURED.minConfidence,
                UNCONFIGURED.maxConfidence,
                UNCONFIGURED.maxPositions,
                UNCONFIGURED.positionSizes,
                UNCONFIGURED.ruleSet,
                UNCONFIGURED.paused);
    }

    /** The timeframes that enabled strategies read while they run on a lower, configured one. */
    public Set<Timeframe> readAlong(StrategyCatalog catalog) {
        var definitions = enabledStrategies.stream()
                .flatMap(id -> catalog.find(id).stream())
                .map(Strategy::definition)
                .toList();
        return EffectiveConfig.higherTimeframes(ruleSet, definitions).entrySet().stream()
                .filter(read -> candlePeriods.contains(read.getKey().id()))
                .flatMap(read -> read.getValue().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads a document that passed the rules. A field that it lacks, being older than the field, has the default. */
    public static AppConfig from(Document document) {
        return from(document, UNCONFIGURED);
    }

    static AppConfig from(Document document, AppConfig defaults) {
        return new AppConfig(
                strings(document.get(ENABLED_STRATEGIES), defaults.enabledStrategies),
                strings(document.get(SYMBOLS), defaults.symbols),
                strings(document.get(CANDLE_PERIODS), defaults.candlePeriods),
                number(document.get(MIN_CONFIDENCE), defaults.minConfidence).doubleValue(),
                number(document.get(MAX_CONFIDENCE), defaults.maxConfidence).doubleValue(),
                number(document.get(MAX_POSITIONS), defaults.maxPositions).intValue(),
                integers(document.get(POSITION_SIZES), defaults.positionSizes),
                document.get(RULE_SET) instanceof String id
                        ? RuleSet.of(id).orElse(defaults.ruleSet)
                        : defaults.ruleSet,
                document.get(PAUSED) instanceof Boolean paused ? paused : defaults.paused);
    }

    public Document toDocument() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put(ENABLED_STRATEGIES, enabledStrategies);
        fields.put(SYMBOLS, symbols);
        fields.put(CANDLE_PERIODS, candlePeriods);
        fields.put(MIN_CONFIDENCE, minConfidence);
        fields.put(MAX_CONFIDENCE, maxConfidence);
        fields.put(MAX_POSITIONS, maxPositions);
        fields.put(POSITION_SIZES, positionSizes);
        fields.put(RULE_SET, ruleSet.id());
        fields.put(PAUSED, paused);
        return new Document(fields);
    }

    private static List<String> strings(@Nullable Object value, List<String> otherwise) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : otherwise;
    }

    private static List<Integer> integers(@Nullable Object value, List<Integer> otherwise) {
        return value instanceof List<?> list
                ? list.stream().map(item -> number(item, 0).intValue()).toList()
                : otherwise;
    }

    private static Number number(@Nullable Object value, Number otherwise) {
        return value instanceof Number number ? number : otherwise;
    }
}
