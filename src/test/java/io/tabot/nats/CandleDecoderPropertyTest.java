package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, a decoder answers: for random bytes, and for proper messages with a few bytes changed. */
class CandleDecoderPropertyTest {
    private static final int CASES_PER_SEED = 5_000;
    private static final List<String> PROPER = List.of("""
            {"open_time":1777885200000,"open":"95010.10","high":95200.5,"low":94990.00,"close":95120,"volume":"12.345",\
            "symbol":"BTCUSDT","timeframe":"1h","closed":true}""", """
            {"open_time":"2026-05-04T09:00:00+00:00","open":1,"high":1e3,"low":1.5E-7,"close":1,"volume":0}""", """
            {"symbol":"BTCUSDT","period":"1h","candles":[{"timestamp":1777885200000,"open":1,"high":2,"low":0.5,\
            "close":1.5,"volume":3,"closed":false}]}""", """
            {"stream":"btcusdt@kline","data":{"e":"kline","E":1777888800123,"s":"BTCUSDT","k":{"t":1777885200000,\
            "s":"BTCUSDT","i":"1h","o":"95010.10","c":"95120.00","h":"95200.50","l":"94990.00","v":"12.345",\
            "x":true}}}""");
    private static final List<String> SUBJECTS =
            List.of("candles.BTCUSDT.1h", "candles.BTCUSDT.1M", "candles.BTCUSDT.1w", "a", "", "...", "candles.B*.1h");
    private static final String SPICE = "\"{}[]:,.-+eE0123456789tfnu\\\u0000Z ";

    private final List<CandleDecoder> decoders = List.of(new NativeCandleDecoder(), new KlineDecoder());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverThrows(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            var subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            var body = random.nextInt(4) == 0 ? noise(random) : mutated(random);
            for (var decoder : decoders) {
                assertThat(decoder.decode(subject, body))
                        .as(() -> "seed " + seed + ": " + new String(body, StandardCharsets.ISO_8859_1))
                        .isNotNull();
            }
        }
    }

    private static byte[] noise(Random random) {
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(Random random) {
        var text = new StringBuilder(PROPER.get(random.nextInt(PROPER.size())));
        for (int change = random.nextInt(4); change >= 0; change--) {
            var at = random.nextInt(text.length());
            var spice = SPICE.charAt(random.nextInt(SPICE.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, spice);
                case 1 -> text.insert(at, spice);
                case 2 -> text.delete(at, at + random.nextInt(12));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 10)));
            }
            if (text.isEmpty()) {
                break;
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
