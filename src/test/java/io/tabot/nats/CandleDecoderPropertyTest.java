package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.math.BigDecimal;
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
    private static final List<String> PLAIN = List.of(PROPER.getFirst(), """
            {"open_time":1777885200000,"open":"95010.10","high":95200.5,"low":94990.00,"close":95120,"volume":"12.345",\
            "open":"95010.20","x":{"open":[1,{}]}}""", """
            {"x":[{"low":1}],"volume":10,"close":1.5e0,"low":"0.50","high":"2","open":1,"open_time":1777885200000}""");
    private static final List<String> SUBJECTS =
            List.of("candles.BTCUSDT.1h", "candles.BTCUSDT.1M", "candles.BTCUSDT.1w", "a", "", "...", "candles.B*.1h");
    private static final String SPICE = "\"{}[]:,.-+eE0123456789tfnu\\\u0000Z ";

    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");

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
            var body =
                    random.nextInt(4) == 0 ? noise(random) : mutated(random, PROPER.get(random.nextInt(PROPER.size())));
            for (var decoder : decoders) {
                assertThat(decoder.decode(subject, body))
                        .as(() -> "seed " + seed + ": " + new String(body, StandardCharsets.ISO_8859_1))
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsAPlainCandleAsThoroughReadingDoes(long seed) {
        var random = new Random(seed);
        var plain = 0;
        for (int i = 0; i < CASES_PER_SEED; i++) {
            var body = mutated(random, PLAIN.get(random.nextInt(PLAIN.size())));
            var candle = PlainCandle.read(body, BTCUSDT, Timeframe.ONE_HOUR);
            if (candle != null) {
                plain++;
                assertThat(NativeCandleDecoder.thoroughly(BTCUSDT, Timeframe.ONE_HOUR, body))
                        .as(() -> "seed " + seed + ": " + new String(body, StandardCharsets.UTF_8))
                        .isEqualTo(new Decoded.Candles(BTCUSDT, Timeframe.ONE_HOUR, List.of(candle)));
            }
        }
        assertThat(plain).as("seed " + seed).isGreaterThan(CASES_PER_SEED / 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsPlainDecimalsToTheLastBit(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            var text = BigDecimal.valueOf(random.nextLong(1L << random.nextInt(1, 50)), random.nextInt(0, 15))
                    .toPlainString();
            var read = PlainDecimal.parse(("x" + text + "x").toCharArray(), 1, text.length());
            if (text.length() <= 15) {
                assertThat(read).as("seed " + seed).isEqualTo(Double.parseDouble(text));
            } else {
                assertThat(read).as(text).isIn(Double.NaN, Double.parseDouble(text));
            }
        }
    }

    private static byte[] noise(Random random) {
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(Random random, String proper) {
        var text = new StringBuilder(proper);
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
