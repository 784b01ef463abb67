package io.tabot.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks a history from its first event and stops at the first link that is broken. Holds nothing but the last link. */
public final class ChainCheck {
    private long revision;
    private String headHash = HashChain.GENESIS;
    private HashChain.@Nullable Break broken;

    public void add(ConfigEvent event) {
        if (broken != null) {
            return;
        }
        broken = HashChain.verify(revision, headHash, event).orElse(null);
        if (broken == null) {
            revision = event.revision();
            headHash = event.hash();
        }
    }

    /** Why the link after the last sound one is not, or nothing. */
    public Optional<HashChain.Break> broken() {
        return Optional.ofNullable(broken);
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
