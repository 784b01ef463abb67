package io.tabot;

import io.tabot.access.ChangeLimits.Limits;
import io.tabot.access.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may use the API.
 *
 * @param tokensFile absolute; read again while the service runs
 * @param tokens those of the setting itself
 * @param tokenHeaders where a token may come, besides {@code Authorization}
 */
public record AccessSettings(Optional<Path> tokensFile, Tokens tokens, List<String> tokenHeaders, Limits limits) {
    private static final String HEADER_NAME = "[A-Za-z0-9-]{1,64}";

    public AccessSettings {
        tokenHeaders = List.copyOf(tokenHeaders);
        for (var name : tokenHeaders) {
            var isFine =
                    name.matches(HEADER_NAME) && !name.toLowerCase(Locale.ROOT).equals("authorization");
            SettingsException.unless(
                    isFine,
                    "http.token-headers",
                    name,
                    "names of headers besides Authorization, of letters, digits and dashes");
        }
    }

    /** Whether tokens are asked for. */
    public boolean isOn() {
        return tokensFile.isPresent() || !tokens.isEmpty();
    }
}
