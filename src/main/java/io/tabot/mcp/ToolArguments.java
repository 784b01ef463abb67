package io.tabot.mcp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a tool by name and collects what keeps them from being a call of the API. Null is the same as
 * absent. Values themselves are judged by the API.
 */
final class ToolArguments {
    private final Map<String, @Nullable Object> values;
    private final List<String> errors = new ArrayList<>();

    ToolArguments(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    void refuse(String error) {
        errors.add(error);
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** A slip in the name of an argument must not make it mean nothing. */
    void refuseOthers(Collection<String> known) {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> refuse("unknown argument: " + name + "; this tool takes " + String.join(", ", known)));
    }

    Optional<String> text(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case String text when !text.isBlank() -> Optional.of(text);
            default -> {
                refuse(name + " must be a text that is not empty");
                yield Optional.empty();
            }
        };
    }

    /** The text; what is no text is an error, and answered with the name of the argument. */
    String required(String name) {
        if (!has(name)) {
            refuse(name + " is required");
            return name;
        }
        return text(name).orElse(name);
    }

    boolean flag(String name) {
        return switch (values.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> {
                refuse(name + " must be true or false");
                yield false;
            }
        };
    }

    /** Those that are there, as parameters of a query. */
    Map<String, String> query(String... names) {
        var query = new LinkedHashMap<String, String>();
        for (var name : names) {
            switch (values.get(name)) {
                case null -> {}
                case String text -> query.put(name, text);
                case Integer whole -> query.put(name, whole.toString());
                case Long whole -> query.put(name, whole.toString());
                default -> refuse(name + " must be a text or a whole number");
            }
        }
        return query;
    }

    /** Those that are there, as fields of a body. */
    Map<String, @Nullable Object> body(String... names) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            if (has(name)) {
                body.put(name, values.get(name));
            }
        }
        return body;
    }
}
