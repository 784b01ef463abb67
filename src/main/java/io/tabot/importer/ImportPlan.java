package io.tabot.importer;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import java.util.List;

/**
 * The history that a Python bot's data comes to, and what became of each document in it. The same data and the same
 * rules give the same events, hash by hash: that is how a second import knows the first.
 */
public record ImportPlan(ConfigState state, List<ConfigEvent> events, List<ImportItem> items) {
    public ImportPlan {
        events = List.copyOf(events);
        items = List.copyOf(items);
    }

    /** Whether all that was in force there will be in force here. */
    public boolean isComplete() {
        return items.stream().noneMatch(item -> item.isInForce() && item.verdict() == ImportItem.Verdict.REFUSED);
    }
}
