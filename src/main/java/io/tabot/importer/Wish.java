package io.tabot.importer;

import io.tabot.config.ConfigState;
import io.tabot.config.Document;
import io.tabot.config.DocumentEdit;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.DocumentKey;
import io.tabot.config.Precondition;
import io.tabot.config.StoredDocument;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a document of the Python bot's database says that a part of the configuration became. */
sealed interface Wish {
    /** What it is about, as a path: also of what no document can be. */
    String document();

    /** The edit that makes it so, in this state. */
    DocumentEdit edit(ConfigState state);

    /** The application's fields; those that are not given stay. */
    record Application(Map<String, @Nullable Object> fields) implements Wish {
        @Override
        public String document() {
            return DocumentKey.APPLICATION.path();
        }

        @Override
        public DocumentEdit edit(ConfigState state) {
            return new UpdateApplication(fields, Precondition.NONE);
        }
    }

    /** All parameters of one layer: what was posted there replaced what was stored. */
    record Parameters(String strategyId, @Nullable String symbol, Map<String, @Nullable Object> parameters)
            implements Wish {
        @Override
        public String document() {
            return path(strategyId, symbol);
        }

        @Override
        public DocumentEdit edit(ConfigState state) {
            var edit = new LinkedHashMap<String, @Nullable Object>();
            stored(state, document()).forEach((name, _) -> edit.put(name, null));
            edit.putAll(parameters);
            return new UpdateParameters(strategyId, symbol, edit, Precondition.NONE);
        }

        Parameters without(Collection<String> names) {
            var rest = new LinkedHashMap<String, @Nullable Object>(parameters);
            rest.keySet().removeAll(names);
            return new Parameters(strategyId, symbol, rest);
        }
    }

    /** Another stage of a strategy's life. */
    record Stage(
            String strategyId,
            String toState,
            @Nullable String decisionId,
            @Nullable String reasoning) implements Wish {
        @Override
        public String document() {
            return "lifecycle/" + strategyId;
        }

        @Override
        public DocumentEdit edit(ConfigState state) {
            return new MoveLifecycle(strategyId, toState, decisionId, reasoning, Precondition.NONE);
        }
    }

    /** One layer is gone. */
    record NoParameters(String strategyId, @Nullable String symbol) implements Wish {
        @Override
        public String document() {
            return path(strategyId, symbol);
        }

        @Override
        public DocumentEdit edit(ConfigState state) {
            return new DeleteParameters(strategyId, symbol, Precondition.NONE);
        }
    }

    private static String path(String strategyId, @Nullable String symbol) {
        return "strategy/" + strategyId + (symbol == null ? "" : "/" + symbol);
    }

    private static Map<String, @Nullable Object> stored(ConfigState state, String path) {
        Optional<Document> document =
                DocumentKey.of(path).flatMap(state::document).map(StoredDocument::value);
        return document.map(Document::fields).orElse(Map.of());
    }
}
