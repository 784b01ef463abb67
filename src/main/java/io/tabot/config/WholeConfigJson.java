package io.tabot.config;

import io.tabot.config.FieldError.Code;
import io.tabot.config.WholeConfig.StrategyLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"application":{...},"strategies":{"<id>":{"parameters":{...},"symbols":{"<SYMBOL>":{...}}}}}}: the shape of
 * {@code GET /api/v1/config}, of an export, and of the file that the command line reads. Every part may be left out.
 */
public final class WholeConfigJson {
    /** What reading gave. */
    public sealed interface Result {
        /** A configuration yet to be judged. */
        record Read(WholeConfig config) implements Result {}

        /** Why the text has not the shape of one. */
        record Malformed(List<FieldError> errors) implements Result {
            public Malformed {
                errors = List.copyOf(errors);
            }
        }
    }

    private final List<FieldError> errors = new ArrayList<>();

    private WholeConfigJson() {}

    public static String write(WholeConfig config) {
        var strategies = new LinkedHashMap<String, @Nullable Object>();
        config.strategies().forEach((id, layers) -> strategies.put(id, object(layers)));
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("application", config.application());
        fields.put("strategies", strategies);
        return JsonText.write(fields);
    }

    private static Map<String, @Nullable Object> object(StrategyLayers layers) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("parameters", layers.parameters());
        fields.put("symbols", layers.symbols());
        return fields;
    }

    public static Result read(String json) {
        try {
            return read(JsonText.readObject(json));
        } catch (ConfigFormatException e) {
            var message = String.valueOf(e.getMessage());
            return new Result.Malformed(List.of(new FieldError("", Code.INVALID_FORMAT, message, null, null)));
        }
    }

    public static Result read(Map<String, @Nullable Object> object) {
        var reader = new WholeConfigJson();
        var config = reader.config(object);
        return reader.errors.isEmpty() ? new Result.Read(config) : new Result.Malformed(reader.errors);
    }

    private WholeConfig config(Map<String, @Nullable Object> object) {
        refuseOthers("", object, List.of("application", "strategies"));
        var strategies = new LinkedHashMap<String, StrategyLayers>();
        object("strategies", object.get("strategies"))
                .forEach((id, value) -> strategies.put(id, layers("strategies." + id, value)));
        return new WholeConfig(object("application", object.get("application")), strategies);
    }

    private StrategyLayers layers(String path, @Nullable Object value) {
        var fields = object(path, value);
        refuseOthers(path + ".", fields, List.of("parameters", "symbols"));
        var symbols = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        object(path + ".symbols", fields.get("symbols"))
                .forEach((symbol, layer) -> symbols.put(symbol, object(path + ".symbols." + symbol, layer)));
        return new StrategyLayers(object(path + ".parameters", fields.get("parameters")), symbols);
    }

    private Map<String, @Nullable Object> object(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return JsonValues.freezeMap(map);
        }
        if (value != null) {
            errors.add(new FieldError(path, Code.INVALID_TYPE, path + " must be an object", null, null));
        }
        return Map.of();
    }

    private void refuseOthers(String prefix, Map<String, @Nullable Object> fields, List<String> known) {
        for (var name : fields.keySet()) {
            if (!known.contains(name)) {
                errors.add(FieldErrors.unknownField(prefix + name, name, known));
            }
        }
    }
}
