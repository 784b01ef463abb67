package io.tabot.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a strategy looks for and when it fires, in words: Markdown of a few lines, bundled for each in the catalog. */
public final class RuleText {
    private RuleText() {}

    /** @throws NullPointerException if the catalog has no strategy of that id */
    public static String of(String strategyId) {
        var resource = "/strategies/" + strategyId + ".md";
        try (var text = Objects.requireNonNull(RuleText.class.getResourceAsStream(resource), resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " can't be read", e);
        }
    }
}
