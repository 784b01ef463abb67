package io.tabot.config;

import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigEvent.Action;
import io.tabot.config.ConfigEvent.Change;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are wanted; null means any.
 *
 * @param changedBy part of what the caller called itself, in any case
 * @param who part of that, or of the name that an access token has shown, in any case
 * @param strategyId whatever about it: parameters or life
 * @param since inclusive
 * @param until exclusive
 * @param reason part of the text, in any case
 */
public record AuditFilter(
        Scope scope,
        @Nullable String changedBy,
        @Nullable String who,
        @Nullable Action action,
        @Nullable Through through,
        @Nullable String strategyId,
        @Nullable String symbol,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String reason) {
    public static final AuditFilter ANY = of(new Scope.Everything());

    /** The documents whose changes are wanted. */
    public sealed interface Scope {
        record Everything() implements Scope {}

        record One(DocumentKey document) implements Scope {}

        /** A document and all below it: of a strategy, the parameters for every symbol and those of each. */
        record Tree(DocumentKey root) implements Scope {}

        default boolean covers(DocumentKey key) {
            return switch (this) {
                case Everything() -> true;
                case One(var document) -> key.equals(document);
                case Tree(var root) -> key.equals(root) || key.path().startsWith(root.path() + "/");
            };
        }
    }

    public static AuditFilter of(Scope scope) {
        return new AuditFilter(scope, null, null, null, null, null, null, null, null, null);
    }

    /** Whether any part of the event is wanted. */
    public boolean matches(ConfigEvent event) {
        return matchesAll(event) && event.changes().stream().anyMatch(change -> matchesPart(event, change));
    }

    /** Whether this part of the event is wanted. */
    public boolean matches(ConfigEvent event, Change change) {
        return matchesAll(event) && matchesPart(event, change);
    }

    /** Whether it leaves out no change of a document of which it takes any. */
    public boolean isOfWholeDocuments() {
        return equals(new AuditFilter(scope, null, null, null, null, strategyId, symbol, null, null, null));
    }

    private boolean matchesAll(ConfigEvent event) {
        return (through == null || through == event.through())
                && (since == null || !event.at().isBefore(since))
                && (until == null || event.at().isBefore(until))
                && contains(event.changedBy(), changedBy)
                && (contains(event.changedBy(), who) || contains(event.actor(), who))
                && contains(event.reason(), reason);
    }

    private boolean matchesPart(ConfigEvent event, Change change) {
        var document = change.document();
        return scope.covers(document)
                && (action == null || action == event.actionOf(change))
                && (strategyId == null
                        || document.strategyId().filter(strategyId::equals).isPresent())
                && (symbol == null || document.symbol().filter(symbol::equals).isPresent());
    }

    private static boolean contains(@Nullable String text, @Nullable String part) {
        return part == null || text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
