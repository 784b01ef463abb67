package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.testing.SentSignals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentSignalTest {
    private static final byte[] BYTES = SentSignals.bytes("momentum_pulse", "BTCUSDT", 1);

    @Test
    void readsWhatASignalIsLookedUpBy() {
        var signal = SentSignal.read("production", BYTES).orElseThrow();

        assertThat(signal.strategyId()).isEqualTo("momentum_pulse");
        assertThat(signal.symbol()).isEqualTo(new Symbol("BTCUSDT"));
        assertThat(signal.timeframe()).isEqualTo(Timeframe.ONE_HOUR);
        assertThat(signal.action()).isEqualTo(Action.SELL);
        assertThat(signal.openTime()).isEqualTo(Instant.parse("2026-05-04T11:00:00Z"));
        assertThat(signal.sentAt()).isEqualTo(Instant.parse("2026-05-04T12:00:01Z"));
        assertThat(signal.values())
                .isEqualTo(new SentSignal.Values(0.7, 50_001, 50_000.5, 49_000.0, null, 7L, "cd", "ab"));
        assertThat(signal.json().getBytes(StandardCharsets.UTF_8)).isEqualTo(BYTES);
    }

    @Test
    void takesNoSignalOfAnotherEnvironmentForOurs() {
        assertThat(SentSignal.read("staging", BYTES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"timeframe\":\"1h\",\"action\":\"buy\",\"timestamp\":\"now\",\"metadata\":{\"open_time\":\"then\"}}",
                "{\"strategy_id\":\"x\",\"symbol\":\"BTCUSDT\",\"action\":\"buy\",\"timeframe\":\"15m\"}"
            })
    void passesOverWhatOthersPublish(String body) {
        assertThat(SentSignal.read("production", body.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
