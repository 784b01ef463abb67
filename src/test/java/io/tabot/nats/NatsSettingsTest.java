package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsSettingsTest {
    private static final NatsUrl URL = NatsUrl.parse("nats://localhost:4222");
    private static final NatsSettings DEFAULTS = NatsSettings.defaults(URL, "staging");

    @Test
    void hasDefaultsThatFitTogether() {
        assertThat(DEFAULTS.candles().subjects()).containsExactly("candles.*.*");
        assertThat(DEFAULTS.candles().delivery().durable()).isEqualTo("tabot-staging");
        assertThat(DEFAULTS.signals().subject()).isEqualTo("cio.intent.trading");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:4222", "nats://u:p@h:1, tls://h2:4222", "ws://h:80", "nats://[::1]:4222"
            })
    void readsAddresses(String text) {
        assertThat(NatsUrl.parse(text).servers()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://h:4222",
                "nats://",
                "nats://h:99999",
                "nats://h:0",
                "nats://a b",
                "nats://h,",
                "nats://u:secret@h:port"
            })
    void refusesABadAddressWithoutShowingThePassword(String text) {
        assertThatExceptionOfType(BadNatsUrl.class)
                .isThrownBy(() -> NatsUrl.parse(text))
                .withMessageNotContaining("secret");
    }

    @Test
    void showsNoSecrets() {
        assertThat(NatsUrl.parse("nats://me:secret@h:4222,nats://token@i:1")).hasToString("nats://h:4222,nats://i:1");
        assertThat(NatsCredentials.of("me", "secret", null, null).toString()).doesNotContain("secret");
        assertThat(NatsCredentials.of(null, null, "secret", null).toString()).doesNotContain("secret");
    }

    @Test
    void takesOneKindOfCredentials() {
        assertThat(NatsCredentials.of(null, null, null, null)).isEqualTo(NatsCredentials.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> NatsCredentials.of("me", null, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> NatsCredentials.of("me", "secret", "token", null));
    }

    @Test
    void refusesToSendSignalsAgainAfterTheyWereForgotten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withMaxAge(Duration.ofHours(2)))
                .withMessageContaining("duplicate window");
    }

    @ParameterizedTest
    @ValueSource(strings = {"candles.production", "cio.intent.trading", "cio.intent.trading.x"})
    void refusesNoticesWhereCandlesOrSignalsAre(String subject) {
        var notices = new NatsSettings.Notices(subject, true, Duration.ZERO, Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withNotices(NatsSettings.Mode.JETSTREAM, notices))
                .withMessageContaining("taken for candles or signals");
    }

    @Test
    void refusesToKeepHeadsWhereThereAreNoStreams() {
        var stream = new StreamSettings(
                "TABOT_HEADS", 0, Duration.ZERO, Duration.ofMinutes(2), StreamSettings.Storage.FILE, 1);
        var notices = new NatsSettings.Notices("tabot.config.test", true, Duration.ofMinutes(1), Optional.of(stream));

        assertThat(withNotices(NatsSettings.Mode.JETSTREAM, notices).notices()).isEqualTo(notices);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withNotices(NatsSettings.Mode.CORE, notices))
                .withMessageContaining("streams");
    }

    private static NatsSettings withMaxAge(Duration maxAge) {
        var signals = DEFAULTS.signals();
        return new NatsSettings(
                URL,
                "test",
                NatsCredentials.NONE,
                NatsSettings.Mode.JETSTREAM,
                DEFAULTS.candles(),
                new NatsSettings.Signals(
                        signals.subject(),
                        signals.stream(),
                        maxAge,
                        signals.publishTimeout(),
                        signals.inFlight(),
                        signals.node()),
                DEFAULTS.notices());
    }

    private static NatsSettings withNotices(NatsSettings.Mode mode, NatsSettings.Notices notices) {
        return new NatsSettings(
                URL, "test", NatsCredentials.NONE, mode, DEFAULTS.candles(), DEFAULTS.signals(), notices);
    }
}
