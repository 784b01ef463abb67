package io.tabot.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a configuration document, a path such as {@code application} or {@code strategy/momentum_pulse/BTCUSDT}.
 * New kinds of document are new first segments; one that this build does not know is kept and shown, never changed.
 */
public record DocumentKey(String path) implements Comparable<DocumentKey> {
    /** What a document is about. */
    public enum Kind {
        APPLICATION,
        /** Parameters of a strategy on every symbol. */
        STRATEGY,
        /** Parameters of a strategy on one symbol, over those of the strategy. */
        STRATEGY_SYMBOL,
        /** The stage that a strategy has reached in its life. */
        LIFECYCLE,
        OTHER
    }

    private static final Pattern PATH = Pattern.compile("[a-z][a-z0-9_-]{0,31}(/[A-Za-z0-9_.-]{1,64}){0,3}");

    public static final DocumentKey APPLICATION = new DocumentKey("application");

    public DocumentKey {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a document path: '" + path + "'");
        }
    }

    public static DocumentKey strategy(String strategyId) {
        return new DocumentKey("strategy/" + strategyId);
    }

    public static DocumentKey strategy(String strategyId, String symbol) {
        return new DocumentKey("strategy/" + strategyId + "/" + symbol);
    }

    public static DocumentKey lifecycle(String strategyId) {
        return new DocumentKey("lifecycle/" + strategyId);
    }

    /** The document of this path, or nothing when no document can have it. */
    public static Optional<DocumentKey> of(String path) {
        return PATH.matcher(path).matches() ? Optional.of(new DocumentKey(path)) : Optional.empty();
    }

    public Kind kind() {
        if (path.equals("application")) {
            return Kind.APPLICATION;
        }
        var depth = path.split("/").length;
        if (path.startsWith("lifecycle/")) {
            return depth == 2 ? Kind.LIFECYCLE : Kind.OTHER;
        }
        return switch (path.startsWith("strategy/") ? depth : 0) {
            case 2 -> Kind.STRATEGY;
            case 3 -> Kind.STRATEGY_SYMBOL;
            default -> Kind.OTHER;
        };
    }

    /** The strategy that the document is about, whatever its kind. */
    public Optional<String> strategyId() {
        return segment(1);
    }

    /** The symbol that the document is about. */
    public Optional<String> symbol() {
        return kind() == Kind.STRATEGY_SYMBOL ? segment(2) : Optional.empty();
    }

    @Override
    public int compareTo(DocumentKey other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }

    private Optional<String> segment(int index) {
        var segments = path.split("/");
        return index < segments.length ? Optional.of(segments[index]) : Optional.empty();
    }
}
