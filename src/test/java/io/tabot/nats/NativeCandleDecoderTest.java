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

class NativeCandleDecoderTest {
    private static final String SUBJECT = "candles.BTCUSDT.1h";
    private static final long OPEN_TIME = 1_777_885_200_000L;
    private static final Candle CANDLE = new Candle(OPEN_TIME, 95010.1, 95200.5, 94990, 95120, 12.345);

    private final NativeCandleDecoder decoder = new NativeCandleDecoder();

    @Test
    void readsNumbersAndDecimalStrings() {
        var numbers = decode(SUBJECT, body("1777885200000", "95010.10"));
        var strings = decode(SUBJECT, body("\"1777885200000\"", "\"95010.10\""));

        assertThat(numbers).isEqualTo(one(CANDLE));
        assertThat(strings).isEqualTo(one(CANDLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-05-04T09:00:00Z\"",
                "\"2026-05-04T11:00:00+02:00\"",
                "\"2026-05-04T09:00:00.000+00:00Z\"",
                "\"2026-05-04T09:00:00\"",
                "1.7778852E12"
            })
    void readsEveryWayToWriteTheOpenTime(String openTime) {
        assertThat(decode(SUBJECT, body(openTime, "95010.10"))).isEqualTo(one(CANDLE));
    }

    @Test
    void acceptsMatchingOptionalFieldsAndIgnoresOthers() {
        var body = body("1777885200000", "95010.10")
                .replace(
                        "{",
                        "{\"symbol\":\"BTCUSDT\",\"timeframe\":\"1h\",\"closed\":true,\"close_time\":1,\"x\":[{}],");

        assertThat(decode(SUBJECT, body)).isEqualTo(one(CANDLE));
    }

    @Test
    void acceptsTheOlderShapeWithSeveralCandles() {
        var body = """
                {"symbol":"BTCUSDT","period":"1h","candles":[
                 {"timestamp":1777885200000,"open":1,"high":2,"low":0.5,"close":1.5,"volume":3},
                 {"timestamp":"2026-05-04T10:00:00Z","open":"1","high":"2","low":"0.5","close":"1.5","volume":"3"}]}""";

        var candles =
                List.of(new Candle(OPEN_TIME, 1, 2, 0.5, 1.5, 3), new Candle(OPEN_TIME + 3_600_000, 1, 2, 0.5, 1.5, 3));
        assertThat(decode(SUBJECT, body))
                .isEqualTo(new Decoded.Candles(new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, candles));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "candles.BTCUSDT.7m | {} | UNKNOWN_TIMEFRAME",
                "candles.BTCUSDT.1H | {} | UNKNOWN_TIMEFRAME",
                "candles..1h | {} | INVALID_SYMBOL",
                "candles | {} | SUBJECT_MISMATCH",
                "candles.BTCUSDT.1h | | NOT_JSON",
                "candles.BTCUSDT.1h | {\"open_time\": | NOT_JSON",
                "candles.BTCUSDT.1h | {} {} | NOT_JSON",
                "candles.BTCUSDT.1h | [1,2] | NOT_AN_OBJECT",
                "candles.BTCUSDT.1h | null | NOT_AN_OBJECT",
                "candles.BTCUSDT.1h | {} | MISSING_FIELD",
                "candles.BTCUSDT.1h | {\"candles\":[]} | MISSING_FIELD",
                "candles.BTCUSDT.1h | {\"symbol\":\"ETHUSDT\"} | SUBJECT_MISMATCH",
                "candles.BTCUSDT.1h | {\"timeframe\":\"15m\"} | SUBJECT_MISMATCH",
                "candles.BTCUSDT.1h | {\"symbol\":5} | WRONG_TYPE",
                "candles.BTCUSDT.1h | {\"closed\":false} | NOT_CLOSED",
                "candles.BTCUSDT.1h | {\"closed\":\"false\"} | WRONG_TYPE",
            })
    void refusesWithTheReason(String subject, String body, CandleRejection reason) {
        assertThat(reasonOf(decode(subject, body == null ? "" : body))).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1777885200001", "1777885200"})
    void refusesAnOpenTimeThatIsNone(String openTime) {
        assertThat(reasonOf(decode(SUBJECT, body(openTime, "95010.10")))).isEqualTo(CandleRejection.MISALIGNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "true", "-3600000", "9e300", "1.5", "[]", "\"2026-13-04T09:00:00Z\""})
    void refusesWhatIsNoTime(String openTime) {
        assertThat(reasonOf(decode(SUBJECT, body(openTime, "95010.10")))).isEqualTo(CandleRejection.NOT_A_TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "\"0x1p3\"", "\"1f\"", "\" 1\"", "\"\"", "true", "[1]", "{}"})
    void refusesWhatIsNoDecimalNumber(String open) {
        assertThat(reasonOf(decode(SUBJECT, body("1777885200000", open)))).isEqualTo(CandleRejection.NOT_A_NUMBER);
    }

    @Test
    void refusesACandleThatCannotBe() {
        var highBelowLow = body("1777885200000", "1").replace("95200.5", "1.0");
        var infinite = body("1777885200000", "1e999");

        assertThat(reasonOf(decode(SUBJECT, highBelowLow))).isEqualTo(CandleRejection.INVALID_CANDLE);
        assertThat(reasonOf(decode(SUBJECT, infinite))).isEqualTo(CandleRejection.INVALID_CANDLE);
    }

    @Test
    void refusesAMonsterUnread() {
        assertThat(decoder.decode(SUBJECT, new byte[JsonFields.BODY_BYTES_MAX + 1]))
                .isInstanceOfSatisfying(
                        Decoded.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(CandleRejection.TOO_LARGE));
    }

    @Test
    void refusesEndlessNesting() {
        assertThat(reasonOf(decode(SUBJECT, "[".repeat(100_000)))).isEqualTo(CandleRejection.NOT_JSON);
    }

    private Decoded decode(String subject, String body) {
        return decoder.decode(subject, body.getBytes(StandardCharsets.UTF_8));
    }

    private static CandleRejection reasonOf(Decoded decoded) {
        return ((Decoded.Rejected) decoded).reason();
    }

    private static Decoded one(Candle candle) {
        return new Decoded.Candles(new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, List.of(candle));
    }

    private static String body(String openTime, String open) {
        return """
                {"open_time":%s,"open":%s,"high":"95200.5","low":94990.00,
                 "close":95120,"volume":"12.345"}""".formatted(openTime, open);
    }
}
