package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleRejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KlineDecoderTest {
    private static final String EVENT = """
            {"e": "kline", "E": 1777888800123, "s": "BTCUSDT",
             "k": {"t": 1777885200000, "T": 1777888799999, "s": "BTCUSDT", "i": "1h", "f": 501, "L": 977,
                   "o": "95010.10", "c": "95120.00", "h": "95200.50", "l": "94990.00",
                   "v": "12.345", "n": 477, "x": true, "q": "1174000.55", "V": "6.100", "Q": "580000.10", "B": "0"}}""";
    private static final String ENVELOPE = """
            {"stream": "btcusdt@kline", "data": %s, "timestamp": "2026-05-04T10:00:00.140512Z",
             "message_id": "0d2b1d6a-7a5d-4b7e-9d2c-5b1d5f1f0a11", "source": "binance-websocket",
             "version": "1.0"}""".formatted(EVENT);
    private static final Decoded CANDLE = new Decoded.Candles(
            new Symbol("BTCUSDT"),
            Timeframe.ONE_HOUR,
            List.of(new Candle(1_777_885_200_000L, 95010.1, 95200.5, 94990, 95120, 12.345)));

    @Test
    void readsTheBareEventAndTheEnvelope() {
        assertThat(decode(EVENT)).isEqualTo(CANDLE);
        assertThat(decode(ENVELOPE)).isEqualTo(CANDLE);
        assertThat(decode(ENVELOPE.replace(": ", ":"))).isEqualTo(CANDLE);
    }

    @Test
    void ignoresABarThatIsStillForming() {
        assertThat(decode(ENVELOPE.replace("\"x\": true", "\"x\": false")))
                .isEqualTo(new Decoded.Rejected(CandleRejection.NOT_CLOSED, "x is false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json at all",
                "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"p\":\"95010.10\"}}",
                "{\"stream\":\"btcusdt@kline\",\"data\":{\"e\":\"depthUpdate\",\"note\":\"kline\"}}"
            })
    void leavesOtherTrafficAlone(String body) {
        assertThat(decode(body)).isEqualTo(new Decoded.NotForUs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"k\": { | \"q\": { | MISSING_FIELD",
                "\"x\": true, | | MISSING_FIELD",
                "\"i\": \"1h\", | | MISSING_FIELD",
                "\"i\": \"1h\" | \"i\": 60 | WRONG_TYPE",
                "\"i\": \"1h\" | \"i\": \"1s\" | UNKNOWN_TIMEFRAME",
                "\"x\": true | \"x\": \"true\" | WRONG_TYPE",
                "\"t\": 1777885200000 | \"t\": 1777885200001 | MISALIGNED",
                "\"h\": \"95200.50\" | \"h\": \"high\" | NOT_A_NUMBER",
                "\"h\": \"95200.50\" | \"h\": \"1\" | INVALID_CANDLE",
                "\"v\": \"12.345\" | \"v\": \"-1\" | INVALID_CANDLE",
                "\"s\": \"BTCUSDT\" | \"s\": \"BTC USDT\" | INVALID_SYMBOL",
            })
    void refusesWithTheReason(String part, String replacement, CandleRejection reason) {
        var decoded = decode(EVENT.replace(part, replacement == null ? "" : replacement));

        assertThat(((Decoded.Rejected) decoded).reason()).isEqualTo(reason);
    }

    private static Decoded decode(String body) {
        return new KlineDecoder().decode("binance.websocket.data", body.getBytes(StandardCharsets.UTF_8));
    }
}
