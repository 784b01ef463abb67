package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.access.Role;
import io.tabot.access.TokenEntry;
import io.tabot.ops.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and TLS from the settings, and how they do. */
class ApiAssemblyTest {
    private static final String FIRST = line("first");

    @TempDir
    private Path folder;

    private Path tokens;

    @BeforeEach
    void write() throws IOException {
        tokens = Files.writeString(folder.resolve("tokens"), FIRST);
    }

    @Test
    void withoutTokensNobodyNeedsOneAndThereIsNothingToCheck() {
        var api = new ApiAssembly(settings(Map.of()));

        assertThat(api.check()).isEmpty();
        assertThat(api.settings(Clock.systemUTC(), new SimpleMeterRegistry()).access())
                .isEmpty();
        api.reload();
    }

    @Test
    void takesTokensOfTheFileAndOfTheSettingAndAChangedFile() throws IOException {
        var api = new ApiAssembly(
                settings(Map.of("TABOT_HTTP_TOKENS_FILE", tokens.toString(), "TABOT_HTTP_TOKENS", line("fixed"))));
        var access = api.settings(Clock.systemUTC(), new SimpleMeterRegistry())
                .access()
                .orElseThrow();
        assertThat(access.tokens().get().entries()).extracting(TokenEntry::name).containsExactly("first", "fixed");

        Files.writeString(tokens, line("second"));
        api.reload();

        assertThat(access.tokens().get().entries()).extracting(TokenEntry::name).containsExactly("second", "fixed");
        assertThat(api.check()).contains(Check.ok("tokens", "2 in force"));
    }

    @Test
    void aBrokenFileDegradesHealthWithoutSayingWhereItIs() throws IOException {
        var api = new ApiAssembly(settings(Map.of("TABOT_HTTP_TOKENS_FILE", tokens.toString())));

        Files.writeString(tokens, "first operator");
        api.reload();

        assertThat(api.check()).hasValueSatisfying(check -> {
            assertThat(check.status()).isEqualTo(Check.Status.DEGRADED);
            assertThat(check.detail()).doesNotContain(folder.toString(), "first");
        });
    }

    @Test
    void aFileThatCanNotBeUsedStopsTheStartWithItsKey() {
        var gone = folder.resolve("gone").toString();
        var keystore = new ApiAssembly(settings(Map.of("TABOT_HTTP_TLS_KEYSTORE", gone)));
        var password = new ApiAssembly(
                settings(Map.of("TABOT_HTTP_TLS_KEYSTORE", tokens.toString(), "TABOT_HTTP_TLS_PASSWORD_FILE", gone)));

        assertThatThrownBy(() -> new ApiAssembly(settings(Map.of("TABOT_HTTP_TOKENS_FILE", gone))))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("tabot.http.tokens-file: " + gone);
        assertThatThrownBy(() -> keystore.settings(Clock.systemUTC(), new SimpleMeterRegistry()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("tabot.http.tls.keystore: " + gone);
        assertThatThrownBy(() -> password.settings(Clock.systemUTC(), new SimpleMeterRegistry()))
                .isInstanceOf(StartException.class)
                .hasMessage("tabot.http.tls.password-file: " + gone + " can't be read");
    }

    private static HttpSettings settings(Map<String, String> environment) {
        return Settings.load(environment, new Properties(), null).http();
    }

    private static String line(String name) {
        return TokenEntry.of(name, name, Role.OPERATOR, false, Set.of()).line();
    }
}
