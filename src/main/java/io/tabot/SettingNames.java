package io.tabot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names of all settings and of their environment variables, and what to say to a name that is none of them. */
final class SettingNames {
    static final String ROOT = "tabot.";
    private static final String VARIABLE_PREFIX = "TABOT_";

    /** Read by bin/ta-bot, which takes it away; here for those who start the jar themselves. */
    private static final String SCRIPTS_VARIABLE = "TABOT_JAVA_OPTS";

    /** Read by the commands that speak to a running service. */
    private static final String COMMANDS_VARIABLE = "TABOT_TOKEN";

    private static final String TESTS_PREFIX = "TABOT_TEST_";

    private final SortedSet<String> keys;

    /** @param keys all settings, with their leading {@code tabot.} */
    SettingNames(Collection<String> keys) {
        this.keys = new TreeSet<>(keys);
    }

    SortedSet<String> keys() {
        return keys;
    }

    /** The environment variable that overrides a setting. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    void refuseUnknownKeys(Collection<String> given) {
        var unknown = given.stream().filter(key -> !keys.contains(key)).sorted().toList();
        refuse(unknown, "setting", keys);
    }

    void refuseUnknownVariables(Map<String, String> environment) {
        var known = keys.stream().map(SettingNames::variable).collect(Collectors.toSet());
        var unknown = environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX))
                .filter(name -> !known.contains(name))
                .filter(name -> !name.equals(SCRIPTS_VARIABLE) && !name.equals(COMMANDS_VARIABLE))
                .filter(name -> !name.startsWith(TESTS_PREFIX))
                .sorted()
                .toList();
        refuse(unknown, "environment variable", known);
    }

    private static void refuse(List<String> unknown, String kind, Collection<String> known) {
        if (!unknown.isEmpty()) {
            var guesses = unknown.stream()
                    .map(name -> name + " (did you mean " + nearest(name, known) + "?)")
                    .collect(Collectors.joining(", "));
            throw new SettingsException("unknown " + kind + (unknown.size() == 1 ? " " : "s ") + guesses);
        }
    }

    static String nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(name);
    }

    /** Levenshtein: how many characters to insert, delete or replace. */
    private static int distance(String from, String to) {
        var above = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
