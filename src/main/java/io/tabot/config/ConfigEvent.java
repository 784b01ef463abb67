package io.tabot.config;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of an environment's configuration, whatever the number of documents: the audit record and the change
 * itself. Revisions count events from 1 without gaps. {@link ConfigEventJson} is its stored form.
 *
 * @param at when it was decided, in whole milliseconds
 * @param changedBy what the caller said; where there is an actor, no more than a claim
 * @param actor whom an access token had shown to be the caller; null where there were none
 * @param restored what a rollback restored; null for any other change
 * @param previousHash the hash of the event before; {@link HashChain#GENESIS} for the first
 * @param hash see {@link HashChain}; not checked here, so that a tampered event can be read and named
 */
public record ConfigEvent(
        long revision,
        Instant at,
        String changedBy,
        @Nullable String actor,
        Through through,
        @Nullable String reason,
        @Nullable Idempotency idempotency,
        List<Change> changes,
        @Nullable Restored restored,
        String previousHash,
        String hash) {
    /** What a change did. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        ROLLBACK
    }

    /** One document before and after; null where it did not exist. */
    public record Change(
            DocumentKey document,
            @Nullable Document before,
            @Nullable Document after) {
        public Change {
            if (Objects.equals(before, after)) {
                throw new IllegalArgumentException("a change of " + document + " that changes nothing");
            }
        }

        public Action action() {
            if (before == null) {
                return Action.CREATE;
            }
            return after == null ? Action.DELETE : Action.UPDATE;
        }
    }

    /**
     * The state that a rollback brought back.
     *
     * @param scope the document rolled back, or null for the whole environment
     * @param revision as of which event
     */
    public record Restored(@Nullable DocumentKey scope, long revision) {}

    public ConfigEvent {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        changes = List.copyOf(changes);
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision + " is below 1");
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("an event without a change");
        }
        var documents = new HashSet<DocumentKey>();
        for (var change : changes) {
            if (!documents.add(change.document())) {
                throw new IllegalArgumentException("an event changes " + change.document() + " twice");
            }
        }
    }

    /** The change of this document, if the event is one of it. */
    public Optional<Change> changeOf(DocumentKey document) {
        return changes.stream()
                .filter(change -> change.document().equals(document))
                .findFirst();
    }

    /** What the audit calls the event: ROLLBACK, the action common to all its changes, else UPDATE. */
    public Action action() {
        if (restored != null) {
            return Action.ROLLBACK;
        }
        var first = changes.getFirst().action();
        return changes.stream().allMatch(change -> change.action() == first) ? first : Action.UPDATE;
    }

    /** What the audit calls one part of the event: a rollback is one for every document that it touched. */
    public Action actionOf(Change change) {
        return restored == null ? change.action() : Action.ROLLBACK;
    }

    public String auditId(String environment) {
        return auditId(environment, revision);
    }

    public static String auditId(String environment, long revision) {
        return environment + "-" + revision;
    }

    ConfigEvent withHash(String sealed) {
        return new ConfigEvent(
                revision, at, changedBy, actor, through, reason, idempotency, changes, restored, previousHash, sealed);
    }
}
