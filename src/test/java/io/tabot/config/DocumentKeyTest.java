package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentKeyTest {
    @ParameterizedTest
    @CsvSource({
        "application, APPLICATION, , ",
        "strategy/momentum_pulse, STRATEGY, momentum_pulse, ",
        "strategy/momentum_pulse/BTCUSDT, STRATEGY_SYMBOL, momentum_pulse, BTCUSDT",
        "lifecycle/momentum_pulse, LIFECYCLE, momentum_pulse, ",
        "lifecycle/momentum_pulse/BTCUSDT, OTHER, momentum_pulse, ",
        "strategy/a/b/c, OTHER, a, ",
        "schedule, OTHER, , "
    })
    void tellsWhatADocumentIsAbout(String path, DocumentKey.Kind kind, String strategy, String symbol) {
        var key = DocumentKey.of(path).orElseThrow();

        assertThat(key.kind()).isEqualTo(kind);
        assertThat(key.strategyId().orElse(null)).isEqualTo(strategy);
        assertThat(key.symbol().orElse(null)).isEqualTo(symbol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "Application", "strategy/", "strategy//x", "a b", "application\n", "strategy/ü"})
    void isNoPath(String path) {
        assertThat(DocumentKey.of(path)).isEmpty();
        assertThatThrownBy(() -> new DocumentKey(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void documentsHoldOnlyNumbersThatEveryReaderUnderstandsAlike() {
        assertThat(new Document(Map.of("n", 1L << 53)).get("n")).isEqualTo(1L << 53);
        assertThatThrownBy(() -> new Document(Map.of("n", (1L << 53) + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Document(Map.of("n", Double.NaN))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Document(Map.of("n", new Object()))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"momentum_puls, momentum_pulse", "MOMENTUM_PULSE, momentum_pulse", "fox, ", "'', "})
    void findsTheNearestName(String name, String nearest) {
        assertThat(Nearest.of(name, java.util.List.of("momentum_pulse", "golden_trend_sync"))
                        .orElse(null))
                .isEqualTo(nearest);
    }
}
