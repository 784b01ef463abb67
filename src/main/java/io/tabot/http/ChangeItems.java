package io.tabot.http;

import io.tabot.config.AppConfig;
import io.tabot.config.DocumentEdit;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.DocumentKey;
import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Nearest;
import io.tabot.config.Precondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list in the body of a change of several documents. An item names its document and says beside that what the body
 * of the document's own route would say; {@code "delete": true} is what its DELETE does.
 */
final class ChangeItems {
    static final String NAME = "changes";

    private static final String DOCUMENT = "document";
    private static final String PARAMETERS = "parameters";
    private static final String DELETE = "delete";
    private static final String TO_STATE = "to_state";
    private static final List<String> KINDS = List.of("application", "strategy", "lifecycle");
    private static final List<String> COMMON = List.of(DOCUMENT, "expected_revision", "expected_version");
    private static final Pattern OF_ITEM = Pattern.compile("changes\\[(\\d+)](.*)", Pattern.DOTALL);

    private record Item(int index, DocumentKey key, DocumentEdit edit) {}

    private final List<Item> items = new ArrayList<>();

    private ChangeItems() {}

    /** The items that can be read; what is wrong with the others is added to the errors of the fields. */
    static ChangeItems read(BodyFields fields) {
        var read = new ChangeItems();
        var list = fields.list(NAME);
        for (var i = 0; i < list.size(); i++) {
            read.add(i, list.get(i), fields);
        }
        return read;
    }

    List<DocumentKey> keys() {
        return items.stream().map(Item::key).distinct().toList();
    }

    List<DocumentEdit> edits() {
        return items.stream().map(Item::edit).toList();
    }

    /** The errors of the rules, in the words of the request: it knows no parts of a document's name, and more items. */
    List<FieldError> inItsWords(List<FieldError> errors) {
        return errors.stream().map(this::inItsWords).toList();
    }

    private void add(int index, @Nullable Object given, BodyFields fields) {
        var name = NAME + "[" + index + "]";
        if (!(given instanceof Map<?, ?> map)) {
            fields.refuse(new FieldError(name, Code.INVALID_TYPE, name + " must be an object", null, null));
            return;
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((field, value) -> body.put(String.valueOf(field), value));
        var item = new BodyFields(body);
        key(item)
                .ifPresent(key -> edit(key, item, body)
                        .filter(_ -> item.errors().isEmpty())
                        .ifPresent(edit -> items.add(new Item(index, key, edit))));
        item.errors().forEach(error -> fields.refuse(error.under(name)));
    }

    private static Optional<DocumentKey> key(BodyFields item) {
        var path = item.required(DOCUMENT, "");
        if (!item.errors().isEmpty()) {
            return Optional.empty();
        }
        var key = DocumentKey.of(path).filter(found -> found.kind() != DocumentKey.Kind.OTHER);
        if (key.isEmpty()) {
            item.refuse(new FieldError(
                    DOCUMENT,
                    Code.UNKNOWN_DOCUMENT,
                    "document must be application, strategy/<id>, strategy/<id>/<SYMBOL> or lifecycle/<id>",
                    null,
                    meant(path).orElse(null)));
        }
        return key;
    }

    private static Optional<String> meant(String path) {
        var kind = path.split("/", 2)[0];
        return Nearest.of(kind, KINDS)
                .map(nearest -> nearest + path.substring(kind.length()))
                .filter(meant -> DocumentKey.of(meant).isPresent());
    }

    private static Optional<DocumentEdit> edit(DocumentKey key, BodyFields item, Map<String, @Nullable Object> body) {
        var expected = new Precondition(item.whole("expected_revision"), item.whole("expected_version"));
        return switch (key.kind()) {
            case APPLICATION -> {
                item.refuseOthers(with(AppConfig.FIELDS));
                var values = new LinkedHashMap<String, @Nullable Object>(body);
                values.keySet().retainAll(AppConfig.FIELDS);
                yield Optional.of(new UpdateApplication(values, expected));
            }
            case STRATEGY, STRATEGY_SYMBOL -> Optional.of(layer(key, item, expected));
            case LIFECYCLE -> {
                item.refuseOthers(with(List.of(TO_STATE, "decision_id", "reasoning_context")));
                yield Optional.of(new MoveLifecycle(
                        key.strategyId().orElseThrow(),
                        item.required(TO_STATE, ""),
                        item.text("decision_id"),
                        item.text("reasoning_context"),
                        expected));
            }
            case OTHER -> Optional.empty();
        };
    }

    private static DocumentEdit layer(DocumentKey key, BodyFields item, Precondition expected) {
        item.refuseOthers(with(List.of(PARAMETERS, DELETE)));
        var id = key.strategyId().orElseThrow();
        var symbol = key.symbol().orElse(null);
        if (!item.flag(DELETE)) {
            return new UpdateParameters(id, symbol, item.object(PARAMETERS), expected);
        }
        if (item.has(PARAMETERS)) {
            item.refuse(new FieldError(
                    DELETE, Code.CONFLICT, "give parameters, or delete to remove the whole layer", null, null));
        }
        return new DeleteParameters(id, symbol, expected);
    }

    private static List<String> with(List<String> own) {
        return Stream.concat(own.stream(), COMMON.stream()).toList();
    }

    private FieldError inItsWords(FieldError error) {
        var matcher = OF_ITEM.matcher(error.field());
        if (!matcher.matches()) {
            return error;
        }
        var ordinal = Integer.parseInt(matcher.group(1));
        var item = items.get(ordinal);
        var name = NAME + "[" + item.index() + "]";
        var message = error.message().replace(NAME + "[" + ordinal + "]", name);
        return switch (matcher.group(2)) {
            case ".strategy_id" -> ofDocument(name, message, error, path(item.key(), error.suggestedValue(), true));
            case ".symbol" -> ofDocument(name, message, error, path(item.key(), error.suggestedValue(), false));
            case String field ->
                new FieldError(name + field, error.code(), message, error.allowed(), error.suggestedValue());
        };
    }

    private static FieldError ofDocument(String name, String message, FieldError error, @Nullable String suggestion) {
        return new FieldError(name + "." + DOCUMENT, error.code(), message, null, suggestion);
    }

    /** The path with one of its parts as it was probably meant. */
    private static @Nullable String path(DocumentKey key, @Nullable Object meant, boolean isStrategy) {
        if (meant == null) {
            return null;
        }
        var parts = key.path().split("/");
        parts[isStrategy ? 1 : 2] = meant.toString();
        return String.join("/", parts);
    }
}
