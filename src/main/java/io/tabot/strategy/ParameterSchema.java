package io.tabot.strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one strategy, in order, with the rules between them. A strategy declares it once while it is being
 * constructed; every schema begins with {@code enabled}.
 */
public final class ParameterSchema {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<ParameterRule> rules = new ArrayList<>();
    private final Map<Parameter, RuleSet> confined = new HashMap<>();
    private final Parameter enabled;

    public ParameterSchema() {
        enabled = add("enabled", Parameter.Type.BOOLEAN, "switch", true, 0, 1, "false silences the strategy");
    }

    /** A whole number. */
    public Parameter integer(String name, int defaultValue, int minimum, int maximum, String unit, String description) {
        return add(name, Parameter.Type.INTEGER, unit, defaultValue, minimum, maximum, description);
    }

    /**
     * Any number. Pass an {@code Integer} as default where the Python bot's default is one: the hash tells them
     * apart.
     */
    public Parameter number(
            String name, Number defaultValue, double minimum, double maximum, String unit, String description) {
        return add(name, Parameter.Type.NUMBER, unit, defaultValue, minimum, maximum, description);
    }

    /** A whole number of candles that a window can feed, at least 2. */
    public Parameter period(String name, int defaultValue, String description) {
        return period(name, defaultValue, 0, description);
    }

    /** The same for a line that is read so many candles before the newest as well: it must be known there. */
    public Parameter period(String name, int defaultValue, int lookback, String description) {
        return integer(name, defaultValue, 2, StrategyDefinition.WINDOW_CANDLES - lookback, "candles", description);
    }

    /** A number from 0 to 1. */
    public Parameter share(String name, double defaultValue, String unit, String description) {
        return number(name, defaultValue, 0, 1, unit, description);
    }

    /** The least number of candles that the rule may run on. */
    public Parameter candlesMin(int defaultValue) {
        return candlesMin(defaultValue, 1);
    }

    /** The same, for a rule that reads so many candles whatever its parameters. */
    public Parameter candlesMin(int defaultValue, int minimum) {
        return integer(
                "min_data_points",
                defaultValue,
                minimum,
                StrategyDefinition.WINDOW_CANDLES,
                "candles",
                "fewer candles than this: no signal");
    }

    /** How many times the distance of the stop loss the take profit is away. */
    public Parameter reward(double defaultValue) {
        return number(
                "risk_reward_ratio", defaultValue, 0.1, 20, "ratio", "distance of take profit over that of stop loss");
    }

    /** Declares that a parameter has an effect under rule set corrected alone; gives it back. */
    public Parameter underCorrected(Parameter parameter) {
        confined.put(parameter, RuleSet.CORRECTED);
        return parameter;
    }

    /** Declares the same of all parameters but the switch: the rule never fires under rule set python. */
    public void underCorrected() {
        parameters.stream().filter(parameter -> !parameter.equals(enabled)).forEach(this::underCorrected);
    }

    /** Declares that a parameter has an effect under rule set python alone; gives it back. */
    public Parameter underPython(Parameter parameter) {
        confined.put(parameter, RuleSet.PYTHON);
        return parameter;
    }

    /** The rule sets under which a parameter has an effect, in their order. */
    public List<RuleSet> ruleSets(Parameter parameter) {
        var only = confined.get(parameter);
        return only == null ? List.of(RuleSet.values()) : List.of(only);
    }

    /** Declares that {@code lesser} must be below {@code greater}. */
    public void ordered(Parameter lesser, Parameter greater) {
        rules.add(new ParameterRule.Below(lesser, greater));
    }

    /** Declares that {@code lesser} may equal {@code greater}, but not exceed it. */
    public void notAbove(Parameter lesser, Parameter greater) {
        rules.add(new ParameterRule.NotAbove(lesser, greater));
    }

    /** Declares that a line of this period is read as many candles before the newest as {@code lookback} says. */
    public void fitsWindow(Parameter period, Parameter lookback) {
        fitsWindow(period, lookback, 0);
    }

    /** The same, for a line that is read so many candles further back. */
    public void fitsWindow(Parameter period, Parameter lookback, int more) {
        rules.add(new ParameterRule.FitsWindow(period, lookback, StrategyDefinition.WINDOW_CANDLES - more));
    }

    public Parameter enabled() {
        return enabled;
    }

    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** The rules between parameters, as they were declared. */
    public List<ParameterRule> rules() {
        return Collections.unmodifiableList(rules);
    }

    public Optional<Parameter> find(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    private Parameter add(
            String name,
            Parameter.Type type,
            String unit,
            Object defaultValue,
            double minimum,
            double maximum,
            String description) {
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("parameter " + name + " is declared twice");
        }
        var parameter = new Parameter(parameters.size(), name, type, unit, defaultValue, minimum, maximum, description);
        parameters.add(parameter);
        return parameter;
    }
}
