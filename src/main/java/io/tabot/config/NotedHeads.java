package io.tabot.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Revisions with the hashes that they had when somebody noted them: what a chain is compared with. */
public final class NotedHeads {
    /** What a text of one looks like, for whoever got it wrong. */
    public static final String FORM = "REVISION:HASH with the 64 hexadecimal digits of the hash, each revision once";

    private static final Pattern HEAD = Pattern.compile("([1-9][0-9]{0,15}):([0-9a-fA-F]{64})");

    private NotedHeads() {}

    /** Nothing if one of the texts is none, or one revision comes with two hashes. */
    public static Optional<Map<Long, String>> parse(Collection<String> texts) {
        var heads = new TreeMap<Long, String>();
        for (var text : texts) {
            var matcher = HEAD.matcher(text.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var hash = matcher.group(2).toLowerCase(Locale.ROOT);
            var other = heads.put(Long.valueOf(matcher.group(1)), hash);
            if (other != null && !other.equals(hash)) {
                return Optional.empty();
            }
        }
        return Optional.of(heads);
    }
}
