package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.Markdown;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The examples of docs/candles.md are candles. */
class DocumentedCandlesTest {
    private final Markdown document = Markdown.of("docs/candles.md");

    @Test
    void ownCandlesAreDecoded() {
        var decoder = new NativeCandleDecoder();

        assertThat(decoded(decoder, "candles.BTCUSDT.15m"))
                .extracting(Decoded.Candles::symbol, Decoded.Candles::timeframe)
                .containsExactly(new Symbol("BTCUSDT"), Timeframe.FIFTEEN_MINUTES);
        assertThat(decoded(decoder, "candles.BTCUSDT.1h").candles()).hasSize(2);
    }

    @Test
    void aKlineIsTheSameCandleAsOurOwn() {
        assertThat(decoded(new KlineDecoder(), "binance.futures.websocket.data"))
                .isEqualTo(decoded(new NativeCandleDecoder(), "candles.BTCUSDT.15m"));
    }

    private Decoded.Candles decoded(CandleDecoder decoder, String subject) {
        var message = document.messages().stream()
                .filter(example -> example.subject().equals(subject))
                .findFirst()
                .orElseThrow();
        return (Decoded.Candles) decoder.decode(subject, message.json().getBytes(StandardCharsets.UTF_8));
    }
}
