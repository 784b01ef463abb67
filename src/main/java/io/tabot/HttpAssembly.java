package io.tabot;

import io.tabot.access.BadTokens;
import io.tabot.access.ChangeLimits.Limits;
import io.tabot.access.TokenEntry;
import io.tabot.access.Tokens;
import java.nio.file.Path;
import java.util.Optional;

/** From keys to the settings of the API. */
final class HttpAssembly {
    private final SettingsReader reader;
    private final Path home;

    /** @param home where relative paths start */
    HttpAssembly(SettingsReader reader, Path home) {
        this.reader = reader;
        this.home = home;
    }

    HttpSettings settings() {
        return new HttpSettings(
                reader.text("http.host"),
                reader.integer("http.port"),
                reader.flag("http.insecure"),
                access(),
                new TlsAssembly(reader, home).settings("http.tls"),
                new StreamLimits(reader.positive("http.streams.max"), reader.duration("http.streams.heartbeat")),
                reader.flag("http.legacy-status"));
    }

    private AccessSettings access() {
        return new AccessSettings(
                path("http.tokens-file"),
                tokens(),
                reader.list("http.token-headers"),
                new Limits(
                        reader.positive("http.changes-per-hour.operator"),
                        reader.positive("http.changes-per-hour.agent")));
    }

    private Tokens tokens() {
        try {
            return new Tokens(
                    reader.list("http.tokens").stream().map(TokenEntry::parse).toList());
        } catch (BadTokens e) {
            throw new SettingsException(SettingNames.ROOT + "http.tokens: " + e.getMessage());
        }
    }

    private Optional<Path> path(String key) {
        var text = reader.text(key);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(home.resolve(text).normalize());
    }
}
