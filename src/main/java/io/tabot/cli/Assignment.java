package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tabot.config.AppConfig;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One NAME=VALUE of a command line, or NAME+=ITEM and NAME-=ITEM for lists. Text that is not of the field's type is
 * handed on as it is: the service says better what is wrong with it.
 */
record Assignment(String name, Operation operation, String text) {
    /** What becomes of the value that is there. */
    enum Operation {
        SET,
        ADD,
        REMOVE
    }

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_.]+)([+-]?=)(.*)", Pattern.DOTALL);
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    private static final Set<String> TEXT_LISTS =
            Set.of(AppConfig.ENABLED_STRATEGIES, AppConfig.SYMBOLS, AppConfig.CANDLE_PERIODS);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Nothing where the word has not the form of one. */
    static Optional<Assignment> of(String word) {
        var found = FORM.matcher(word);
        return found.matches()
                ? Optional.of(new Assignment(found.group(1), operation(found.group(2)), found.group(3)))
                : Optional.empty();
    }

    boolean isOfList() {
        return TEXT_LISTS.contains(name) || name.equals(AppConfig.POSITION_SIZES);
    }

    /** The value of a parameter: {@code default} takes it out of its layer. */
    JsonNode parameter() {
        return text.equals("default") ? JSON.nullNode() : literal(text);
    }

    /** @param present the field as it is; looked at for lists that gain or lose items */
    JsonNode field(JsonNode present) {
        return switch (operation) {
            case SET ->
                isOfList() ? list(items()) : name.equals(AppConfig.RULE_SET) ? JSON.textNode(text) : literal(text);
            case ADD -> {
                var list = list(present);
                items().stream().filter(item -> !contains(list, item)).forEach(list::add);
                yield list;
            }
            case REMOVE -> {
                var gone = items();
                var list = JSON.arrayNode();
                present.forEach(item -> {
                    if (!gone.contains(item)) {
                        list.add(item);
                    }
                });
                yield list;
            }
        };
    }

    /** What is to be taken out of the list and is not in it, as the operator wrote it. */
    List<String> absent(JsonNode present) {
        var list = list(present);
        return operation == Operation.REMOVE
                ? items().stream()
                        .filter(item -> !contains(list, item))
                        .map(JsonNode::asText)
                        .toList()
                : List.of();
    }

    private List<JsonNode> items() {
        Function<String, JsonNode> read = TEXT_LISTS.contains(name) ? JSON::textNode : Assignment::literal;
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(read)
                .toList();
    }

    private static Operation operation(String sign) {
        return switch (sign.charAt(0)) {
            case '+' -> Operation.ADD;
            case '-' -> Operation.REMOVE;
            default -> Operation.SET;
        };
    }

    private static ArrayNode list(Iterable<JsonNode> items) {
        var list = JSON.arrayNode();
        items.forEach(list::add);
        return list;
    }

    private static boolean contains(ArrayNode list, JsonNode wanted) {
        for (var item : list) {
            if (item.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode literal(String text) {
        if (text.equals("true") || text.equals("false")) {
            return JSON.booleanNode(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            var number = Long.parseLong(text);
            return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
        }
        return DECIMAL.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
    }
}
