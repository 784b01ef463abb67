package io.tabot.access;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One token as it is kept: who holds it, what for, and its hash. Written as one line,
 * {@code name role sha256:<hex> [agent] [environment=<name> ...]}.
 *
 * @param environments where it is good for anything; empty means everywhere
 * @param isAgent whether a program holds it that decides by itself: its changes are limited more tightly
 */
public record TokenEntry(String name, Role role, String hash, boolean isAgent, Set<String> environments) {
    public static final String NAME_FORM = "1 to 64 of a-z, 0-9, dot, dash and underscore, beginning with a letter";

    private static final String AGENT = "agent";
    private static final String ENVIRONMENT = "environment=";
    private static final String ALGORITHM = "sha256:";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int WORDS_MIN = 3;

    public TokenEntry {
        environments = Set.copyOf(environments);
        check(NAME.matcher(name).matches(), "a token's name has " + NAME_FORM);
        check(HASH.matcher(hash).matches(), "a token's hash is 64 hexadecimal digits");
        check(
                environments.stream()
                        .allMatch(it -> ENVIRONMENT_NAME.matcher(it).matches()),
                "an environment has 1 to 32 of a-z, 0-9 and dash");
    }

    /** The entry for a token that was just made. */
    public static TokenEntry of(String token, String name, Role role, boolean isAgent, Set<String> environments) {
        return new TokenEntry(name, role, HexFormat.of().formatHex(AccessToken.hash(token)), isAgent, environments);
    }

    /** @throws BadTokens with what is wrong, but without the text: it may be a token that was put there by mistake */
    public static TokenEntry parse(String line) {
        var words = List.of(line.strip().split("\\s+"));
        check(words.size() >= WORDS_MIN, "an entry is: name role sha256:<hash> [agent] [environment=<name> ...]");
        var role = Role.of(words.get(1));
        check(role.isPresent(), "the second word must be one of " + roles());
        check(words.get(2).startsWith(ALGORITHM), "the third word must be sha256: and 64 hexadecimal digits");
        var environments = new TreeSet<String>();
        var isAgent = false;
        for (var word : words.subList(WORDS_MIN, words.size())) {
            check(word.equals(AGENT) || word.startsWith(ENVIRONMENT), "only agent and environment= may follow a hash");
            if (word.equals(AGENT)) {
                isAgent = true;
            } else {
                environments.add(word.substring(ENVIRONMENT.length()));
            }
        }
        var hash = words.get(2).substring(ALGORITHM.length());
        return new TokenEntry(words.getFirst(), role.get(), hash, isAgent, environments);
    }

    public String line() {
        var line = new StringBuilder(name + " " + role.id() + " " + ALGORITHM + hash);
        if (isAgent) {
            line.append(' ').append(AGENT);
        }
        new TreeSet<>(environments)
                .forEach(it -> line.append(' ').append(ENVIRONMENT).append(it));
        return line.toString();
    }

    boolean isGoodIn(String environment) {
        return environments.isEmpty() || environments.contains(environment);
    }

    Caller caller() {
        return new Caller(name, role, isAgent);
    }

    /** Without the hash: a line of a log is no place for it. */
    @Override
    public String toString() {
        return name + " " + role.id();
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new BadTokens(message);
        }
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::id).collect(Collectors.joining(", "));
    }
}
