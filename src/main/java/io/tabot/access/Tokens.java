package io.tabot.access;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every token that is known. Names and hashes are each there once. */
public record Tokens(List<TokenEntry> entries) {
    /** Each request is compared with all of them. */
    private static final int MAX = 1_000;

    public static final Tokens NONE = new Tokens(List.of());

    public Tokens {
        entries = List.copyOf(entries);
        if (entries.size() > MAX) {
            throw new BadTokens("there are " + entries.size() + " tokens, at most " + MAX + " are possible");
        }
        var names = new HashSet<String>();
        var hashes = new HashSet<String>();
        for (var entry : entries) {
            if (!names.add(entry.name())) {
                throw new BadTokens("two tokens are named " + entry.name());
            }
            if (!hashes.add(entry.hash())) {
                throw new BadTokens("the token of " + entry.name() + " has another name, too");
            }
        }
    }

    /** One entry a line; empty lines and what follows a # don't count. */
    public static Tokens parse(String text) {
        var entries = new ArrayList<TokenEntry>();
        var lines = text.lines().toList();
        for (var number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                entries.add(parse(line, number));
            }
        }
        return new Tokens(entries);
    }

    public Tokens and(Tokens others) {
        var all = new ArrayList<>(entries);
        all.addAll(others.entries);
        return new Tokens(all);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Takes the same time for every text of a token's length, whatever it has in common with a token that exists. */
    public Optional<TokenEntry> find(String token) {
        if (!AccessToken.hasForm(token)) {
            return Optional.empty();
        }
        var hash = AccessToken.hash(token);
        @Nullable TokenEntry found = null;
        for (var entry : entries) {
            var isSame = MessageDigest.isEqual(hash, HexFormat.of().parseHex(entry.hash()));
            found = isSame ? entry : found;
        }
        return Optional.ofNullable(found);
    }

    private static TokenEntry parse(String line, int number) {
        try {
            return TokenEntry.parse(line);
        } catch (BadTokens e) {
            throw new BadTokens("line " + number + ": " + e.getMessage());
        }
    }
}
