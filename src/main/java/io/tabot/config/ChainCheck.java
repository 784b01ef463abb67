package io.tabot.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks a history from its first event and stops at the first link that is broken, or that has another hash than one
 * noted earlier. Holds nothing but the last link.
 */
public final class ChainCheck {
    private long revision;
    private String headHash = HashChain.GENESIS;
    private HashChain.@Nullable Break broken;
    private final TreeMap<Long, String> expected;

    public ChainCheck() {
        this(Map.of());
    }

    /** @param expected the hash that each of these revisions must have */
    public ChainCheck(Map<Long, String> expected) {
        this.expected = new TreeMap<>(expected);
    }

    public void add(ConfigEvent event) {
        if (broken != null) {
            return;
        }
        broken = HashChain.verify(revision, headHash, event)
                .or(() -> unexpected(event))
                .orElse(null);
        if (broken == null) {
            revision = event.revision();
            headHash = event.hash();
        }
    }

    /** Why the link after the last sound one is not, or nothing. */
    public Optional<HashChain.Break> broken() {
        return Optional.ofNullable(broken);
    }

    /** The same at the end of the history, where a revision that was expected may be missing. */
    public Optional<HashChain.Break> brokenAtEnd() {
        return broken().or(this::missing);
    }

    private Optional<HashChain.Break> unexpected(ConfigEvent event) {
        var hash = expected.get(event.revision());
        return hash == null || hash.equals(event.hash())
                ? Optional.empty()
                : Optional.of(new HashChain.Break(
                        event.revision(),
                        "revision " + event.revision() + " has the hash " + event.hash() + ", but " + hash
                                + " was expected: the history was rewritten"));
    }

    private Optional<HashChain.Break> missing() {
        var next = expected.higherKey(revision);
        return next == null
                ? Optional.empty()
                : Optional.of(new HashChain.Break(
                        next, "the history ends at revision " + revision + ", but revision " + next + " was expected"));
    }

    /** The last sound event; 0 before the first. */
    public long revision() {
        return revision;
    }

    /** The hash of that event. */
    public String headHash() {
        return headHash;
    }
}
