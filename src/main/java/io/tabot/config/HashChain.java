package io.tabot.config;

import java.util.Optional;

/**
 * The chain that makes a rewritten history show: each event's hash covers the event and the hash before it. It is the
 * SHA-256 of the event as RFC 8785 JSON without {@code hash}, in lower-case hex.
 */
public final class HashChain {
    /** What the first event names as the hash before it. */
    public static final String GENESIS = "0".repeat(64);

    /** The first event that does not fit. */
    public record Break(long revision, String message) {}

    private HashChain() {}

    public static String hash(ConfigEvent event) {
        return Sha256.hex(CanonicalJson.write(ConfigEventJson.hashed(event)));
    }

    /** The first broken link of a whole history, in order; nothing when it is sound. */
    public static Optional<Break> verify(Iterable<ConfigEvent> history) {
        var revision = 0L;
        var hash = GENESIS;
        for (var event : history) {
            var found = verify(revision, hash, event);
            if (found.isPresent()) {
                return found;
            }
            revision = event.revision();
            hash = event.hash();
        }
        return Optional.empty();
    }

    /** Why the event can't follow the one with this revision and hash (0 and {@link #GENESIS} for none); or nothing. */
    public static Optional<Break> verify(long revisionBefore, String hashBefore, ConfigEvent event) {
        if (event.revision() != revisionBefore + 1) {
            return broken(event, "follows revision " + revisionBefore);
        }
        if (!event.previousHash().equals(hashBefore)) {
            return broken(event, "names " + event.previousHash() + " as the hash before it, which is " + hashBefore);
        }
        var hash = hash(event);
        if (!event.hash().equals(hash)) {
            return broken(event, "carries the hash " + event.hash() + ", but its content has " + hash);
        }
        return Optional.empty();
    }

    private static Optional<Break> broken(ConfigEvent event, String message) {
        return Optional.of(new Break(event.revision(), "revision " + event.revision() + " " + message));
    }
}
