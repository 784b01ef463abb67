package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.Document;
import io.tabot.config.DocumentKey;
import io.tabot.config.WholeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two whole configurations, of which one need not be known to a service. A layer without a
 * parameter is as good as none.
 */
record WholeDiff(List<Item> documents) {
    /** One document that differs; null where it is not there. */
    record Item(
            String document,
            @Nullable Document before,
            @Nullable Document after,
            List<FieldDiff> fields) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static WholeDiff between(WholeConfig before, WholeConfig after) {
        var old = documents(before);
        var present = documents(after);
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(present.keySet());
        var items = new ArrayList<Item>();
        for (var path : paths) {
            var fields = ConfigDiff.between(old.get(path), present.get(path));
            if (!fields.isEmpty()) {
                items.add(new Item(path, old.get(path), present.get(path), fields));
            }
        }
        return new WholeDiff(List.copyOf(items));
    }

    /** As the API lists what differs. */
    ArrayNode json() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var item : documents) {
            var action = item.before() == null ? "CREATE" : item.after() == null ? "DELETE" : "UPDATE";
            list.addObject()
                    .put("document", item.document())
                    .put("action", action)
                    .set("fields", JSON.valueToTree(item.fields()));
        }
        return list;
    }

    /** What brings the one to the other, as the API takes changes of several documents. */
    ArrayNode changes() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var item : documents) {
            var change = list.addObject().put("document", item.document());
            if (item.after() == null) {
                change.put("delete", true);
            } else {
                var isApplication = item.document().equals(DocumentKey.APPLICATION.path());
                var values = isApplication ? change : change.putObject("parameters");
                item.fields().forEach(field -> values.set(field.field(), JSON.<JsonNode>valueToTree(field.after())));
            }
        }
        return list;
    }

    private static Map<String, Document> documents(WholeConfig config) {
        var documents = new TreeMap<String, Document>();
        put(documents, DocumentKey.APPLICATION.path(), config.application());
        config.strategies().forEach((id, layers) -> {
            put(documents, "strategy/" + id, layers.parameters());
            for (Map.Entry<String, Map<String, @Nullable Object>> symbol :
                    layers.symbols().entrySet()) {
                put(documents, "strategy/" + id + "/" + symbol.getKey(), symbol.getValue());
            }
        });
        return documents;
    }

    private static void put(Map<String, Document> documents, String path, Map<String, @Nullable Object> fields) {
        if (!fields.isEmpty()) {
            documents.put(path, new Document(fields));
        }
    }
}
