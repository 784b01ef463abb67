package io.tabot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.access.BadTokens;
import io.tabot.access.ChangeLimits;
import io.tabot.access.TokenStore;
import io.tabot.http.ApiAccess;
import io.tabot.http.ApiSettings;
import io.tabot.http.StreamSettings;
import io.tabot.ops.Check;
import java.time.Clock;
import java.util.Optional;

/** What stands between the API and its callers: access tokens and TLS, read from their files. */
final class ApiAssembly {
    private final HttpSettings settings;
    private final Optional<TokenStore> tokens;

    /** @throws StartException if there are tokens that can't be used */
    ApiAssembly(HttpSettings settings) {
        this.settings = settings;
        this.tokens = settings.access().isOn() ? Optional.of(store(settings.access())) : Optional.empty();
    }

    /** @throws StartException if the keystore can't be used */
    ApiSettings settings(Clock clock, MeterRegistry meters) {
        var plain = ApiSettings.of(settings.host(), settings.port(), settings.insecure())
                .withLegacyStatus(settings.legacyStatus())
                .with(new StreamSettings(
                        settings.streams().max(), settings.streams().heartbeat()));
        var withTokens = tokens.map(store -> plain.with(new ApiAccess(
                        store::current,
                        settings.access().tokenHeaders(),
                        new ChangeLimits(settings.access().limits(), clock, meters))))
                .orElse(plain);
        return settings.tls()
                .map(tls ->
                        withTokens.with(TlsAssembly.identity(tls, "http.tls").context()))
                .orElse(withTokens);
    }

    /** To be called every few seconds. */
    void reload() {
        tokens.ifPresent(TokenStore::reload);
    }

    /** How the file of tokens is doing. Nothing where there is none. */
    Optional<Check> check() {
        return tokens.map(store -> store.trouble()
                .map(trouble ->
                        Check.degraded("tokens", "the file of tokens can't be used; those read before stay in force"))
                .orElse(Check.ok("tokens", store.current().entries().size() + " in force")));
    }

    private static TokenStore store(AccessSettings access) {
        try {
            return new TokenStore(access.tokensFile().orElse(null), access.tokens());
        } catch (BadTokens e) {
            throw new StartException("tabot.http.tokens-file: " + e.getMessage());
        }
    }
}
