package io.tabot.config;

import io.tabot.live.LiveEntry;
import io.tabot.live.LiveTail;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes as this node came to show them. Where it jumped to a state without seeing each change, the tail
 * says so, and the changes are in the journal.
 */
final class RecentChanges {
    /**
     * At ten changes a second, thirteen seconds; who is slower reads the journal. On a node that was told of it by
     * another one, a change of a document with 1,500 symbols takes 200 KB.
     */
    private static final int KEPT = 128;

    private final LiveTail<ConfigEvent> tail = new LiveTail<>(KEPT);
    private @Nullable ConfigEvent coming;
    private @Nullable String headHash;

    LiveTail<ConfigEvent> tail() {
        return tail;
    }

    /** It leads to the state that is shown next. */
    synchronized void coming(ConfigEvent event) {
        coming = event;
    }

    synchronized void shown(ConfigState state) {
        var event = coming;
        var known = headHash;
        var head = tail.head();
        coming = null;
        headHash = state.headHash();
        if (known == null) {
            tail.jump(state.revision());
        } else if (event != null && event.revision() == head + 1 && event.hash().equals(headHash)) {
            tail.add(new LiveEntry<>(event.revision(), event));
            tail.reach(event.revision());
        } else if (state.revision() > head) {
            tail.jump(state.revision());
        } else if (state.revision() < head || !known.equals(headHash)) {
            tail.rewrite(state.revision());
        }
    }
}
