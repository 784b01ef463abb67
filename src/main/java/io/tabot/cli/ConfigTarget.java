package io.tabot.cli;

import io.tabot.config.DocumentKey;
import io.tabot.config.Nearest;
import java.util.List;
import java.util.Optional;

/** The document that a command is about, as its arguments name it: application, or STRATEGY [SYMBOL]. */
record ConfigTarget(DocumentKey key) {
    static final String LABEL = "application | STRATEGY [SYMBOL]";

    private static final String APPLICATION = "application";
    private static final String API = "/api/v1";

    /** Nothing where the words name no document. */
    static Optional<ConfigTarget> of(List<String> words) {
        if (words.equals(List.of(APPLICATION))) {
            return Optional.of(new ConfigTarget(DocumentKey.APPLICATION));
        }
        var isParameters = 1 <= words.size() && words.size() <= 2 && !isMeantAsApplication(words.getFirst());
        return (isParameters ? DocumentKey.of("strategy/" + String.join("/", words)) : Optional.<DocumentKey>empty())
                .filter(key -> key.path().split("/").length == words.size() + 1)
                .map(ConfigTarget::new);
    }

    /** Strategies have names that are far from it. */
    private static boolean isMeantAsApplication(String word) {
        return Nearest.of(word, List.of(APPLICATION)).isPresent();
    }

    boolean isApplication() {
        return key.equals(DocumentKey.APPLICATION);
    }

    /** Where the document is read and changed. */
    String route() {
        return isApplication()
                ? API + "/config/application"
                : strategy() + "/config"
                        + key.symbol().map(symbol -> "/" + symbol).orElse("");
    }

    String rollbackRoute() {
        return isApplication() ? API + "/config/application/rollback" : strategy() + "/rollback" + query();
    }

    String effectiveRoute() {
        return strategy() + "/effective" + query();
    }

    /** For people. */
    String text() {
        return isApplication()
                ? APPLICATION
                : key.strategyId().orElseThrow()
                        + key.symbol().map(symbol -> " on " + symbol).orElse("");
    }

    private String strategy() {
        return API + "/strategies/" + key.strategyId().orElseThrow();
    }

    private String query() {
        return key.symbol().map(symbol -> "?symbol=" + symbol).orElse("");
    }
}
