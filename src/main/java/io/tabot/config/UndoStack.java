package io.tabot.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where "previous" leads. Each event that changed the scope has a position: its own, or for a rollback that of the
 * event whose state it restored. The previous state is that after the event before the newest one's position, so that
 * going back repeatedly goes further back, and a new change after that can be undone like any other.
 */
record UndoStack(@Nullable DocumentKey scope, List<ConfigEvent> events) {
    /** Of a whole history, the events that changed the scope; of the whole environment, all that can be undone. */
    static UndoStack of(@Nullable DocumentKey scope, List<ConfigEvent> history) {
        var changing = history.stream()
                .filter(event -> scope == null
                        ? isUndoable(event)
                        : event.changeOf(scope).isPresent())
                .toList();
        return new UndoStack(scope, changing);
    }

    /** What only moved strategies along their lives is not undone, and must not be in the way of undoing more. */
    private static boolean isUndoable(ConfigEvent event) {
        return event.changes().stream().anyMatch(change -> change.document().kind() != DocumentKey.Kind.LIFECYCLE);
    }

    /** The event whose outcome is the previous state; nothing when the first one is in force. */
    Optional<ConfigEvent> previous() {
        var position = position(events.size() - 1);
        return position < 1 ? Optional.empty() : Optional.of(events.get(position - 1));
    }

    private int position(int index) {
        var at = index;
        while (at >= 0) {
            var restored = events.get(at).restored();
            if (restored == null || !covers(restored.scope())) {
                return at;
            }
            at = newestUpTo(restored.revision());
        }
        return at;
    }

    // A rollback of one document is, to the whole environment, a change like any other.
    private boolean covers(@Nullable DocumentKey restoredScope) {
        return restoredScope == null || restoredScope.equals(scope);
    }

    private int newestUpTo(long revision) {
        var low = 0;
        var high = events.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (events.get(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
