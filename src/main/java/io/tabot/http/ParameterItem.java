package io.tabot.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterRule;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.RuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter as schemas tell of it. A switch has no bounds. */
public record ParameterItem(
        String name,
        String type,
        String description,
        String unit,

        @JsonProperty("default") Object defaultValue,

        @Nullable Double min,
        @Nullable Double max,
        @Nullable List<Object> allowedValues,
        Object example,
        List<String> ruleSets) {

    public static List<ParameterItem> listOf(ParameterSchema schema) {
        return schema.parameters().stream()
                .map(parameter -> of(parameter, schema.ruleSets(parameter)))
                .toList();
    }

    /** The rules between the parameters, a sentence each. */
    public static List<String> rules(ParameterSchema schema) {
        return schema.rules().stream().map(ParameterRule::text).toList();
    }

    private static ParameterItem of(Parameter parameter, List<RuleSet> ruleSets) {
        var isSwitch = parameter.type() == Parameter.Type.BOOLEAN;
        return new ParameterItem(
                parameter.name(),
                parameter.type().id(),
                parameter.description(),
                parameter.unit(),
                parameter.defaultValue(),
                isSwitch ? null : parameter.minimum(),
                isSwitch ? null : parameter.maximum(),
                null,
                parameter.defaultValue(),
                ruleSets.stream().map(RuleSet::id).toList());
    }
}
