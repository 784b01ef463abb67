package io.tabot.config;

import io.tabot.config.ConfigEvent.Change;
import io.tabot.market.Symbol;
import io.tabot.strategy.StrategyCatalog;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The configuration of one environment as of one revision: a pure fold over its events. Immutable.
 *
 * @param headHash of the newest event; {@link HashChain#GENESIS} before the first
 * @param deleted what remains of documents that are gone, so that their versions go on
 */
public record ConfigState(
        String environment,
        long revision,
        String headHash,
        Map<DocumentKey, StoredDocument> documents,
        Map<DocumentKey, Tombstone> deleted,
        IdempotencyMemory remembered) {
    /** A document that was deleted: how often it was changed until then, and by which event last. */
    public record Tombstone(long version, long revision) {}

    public ConfigState {
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
        deleted = Collections.unmodifiableSortedMap(new TreeMap<>(deleted));
    }

    public static ConfigState empty(String environment) {
        return new ConfigState(environment, 0, HashChain.GENESIS, Map.of(), Map.of(), IdempotencyMemory.NONE);
    }

    /** The fold of a history from its first event. */
    public static ConfigState replay(String environment, List<ConfigEvent> history) {
        var state = empty(environment);
        for (var event : history) {
            state = state.apply(event);
        }
        return state;
    }

    /** The state after the event. One that is contained already changes nothing; one that leaves a gap is a bug. */
    public ConfigState apply(ConfigEvent event) {
        if (event.revision() <= revision) {
            return this;
        }
        if (event.revision() > revision + 1) {
            throw new IllegalArgumentException("revision " + event.revision() + " can't follow " + revision);
        }
        var documentsAfter = new TreeMap<>(documents);
        var deletedAfter = new TreeMap<>(deleted);
        for (var change : event.changes()) {
            var after = stored(event, change);
            if (after.isPresent()) {
                documentsAfter.put(change.document(), after.get());
                deletedAfter.remove(change.document());
            } else {
                documentsAfter.remove(change.document());
                deletedAfter.put(change.document(), new Tombstone(versionOf(change.document()) + 1, event.revision()));
            }
        }
        return new ConfigState(
                environment, event.revision(), event.hash(), documentsAfter, deletedAfter, remembered.with(event));
    }

    /** Whether the event is the next of this very history. */
    public boolean isFollowedBy(ConfigEvent event) {
        return event.revision() == revision + 1 && event.previousHash().equals(headHash);
    }

    public Optional<StoredDocument> document(DocumentKey key) {
        return Optional.ofNullable(documents.get(key));
    }

    /** The application document, or {@link AppConfig#UNCONFIGURED}. */
    public AppConfig application() {
        return document(DocumentKey.APPLICATION)
                .map(stored -> AppConfig.from(stored.value()))
                .orElse(AppConfig.UNCONFIGURED);
    }

    /** The last event that changed the document, deletion included; 0 if none did. */
    public long revisionOf(DocumentKey key) {
        return document(key)
                .map(StoredDocument::revision)
                .or(() -> tombstone(key).map(Tombstone::revision))
                .orElse(0L);
    }

    /** How often the document was changed, deletions included; 0 if never. */
    public long versionOf(DocumentKey key) {
        return document(key)
                .map(StoredDocument::version)
                .or(() -> tombstone(key).map(Tombstone::version))
                .orElse(0L);
    }

    /** The last event that changed anything but the lives of strategies; 0 if none did. */
    public long configuredRevision() {
        var present = documents.entrySet().stream()
                .filter(entry -> isConfigured(entry.getKey()))
                .mapToLong(entry -> entry.getValue().revision());
        var gone = deleted.entrySet().stream()
                .filter(entry -> isConfigured(entry.getKey()))
                .mapToLong(entry -> entry.getValue().revision());
        return LongStream.concat(present, gone).max().orElse(0);
    }

    /** The same without remembered idempotency keys: all that a reader needs. */
    public ConfigState withoutMemory() {
        return new ConfigState(environment, revision, headHash, documents, deleted, IdempotencyMemory.NONE);
    }

    /** What an engine runs for the symbol. */
    public EffectiveConfig effective(StrategyCatalog catalog, Symbol symbol) {
        return ConfigCompiler.compile(this, catalog, symbol);
    }

    private static boolean isConfigured(DocumentKey key) {
        return key.kind() != DocumentKey.Kind.LIFECYCLE;
    }

    private Optional<Tombstone> tombstone(DocumentKey key) {
        return Optional.ofNullable(deleted.get(key));
    }

    private Optional<StoredDocument> stored(ConfigEvent event, Change change) {
        var after = change.after();
        if (after == null) {
            return Optional.empty();
        }
        var before = document(change.document());
        return Optional.of(new StoredDocument(
                after,
                versionOf(change.document()) + 1,
                event.revision(),
                fieldRevisions(before, after, event.revision()),
                before.map(StoredDocument::createdAt).orElse(event.at()),
                event.at(),
                event.changedBy(),
                event.actor()));
    }

    private static Map<String, Long> fieldRevisions(Optional<StoredDocument> before, Document after, long revision) {
        var revisions = new HashMap<String, Long>();
        after.fields().forEach((name, value) -> {
            var kept = before.filter(stored -> Objects.equals(stored.value().get(name), value))
                    .map(stored -> stored.fieldRevisions().get(name));
            revisions.put(name, kept.orElse(revision));
        });
        return revisions;
    }
}
