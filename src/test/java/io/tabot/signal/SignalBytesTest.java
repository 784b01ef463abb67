package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import io.tabot.strategy.Metadata;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signals are written byte for byte as Jackson's generator writes them. */
class SignalBytesTest {
    private static final long SEED = 20_261_122;
    private static final int SIGNALS = 5_000;
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456789Z");

    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "a \"quoted\" word",
            "back\\slash",
            "tab\tand\nline\u0001\u001f",
            "\u007f",
            "Zürich 東京",
            "\ud83d\ude80",
            "x".repeat(64),
            "y".repeat(65),
            "z".repeat(20_000));

    private static final double[] NUMBERS = {
        0.0,
        -0.0,
        1.0,
        -2.0,
        0.1 + 0.2,
        0.001,
        9.99e-4,
        9_999_999,
        1e7,
        1.2345678901234567e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    @Test
    void writesRecordedMarketsAsJacksonDoes() {
        var engine = new SignalEngine("production");
        var strategies = new HashSet<String>();
        for (var series : Golden.series()) {
            var candles = Golden.candles(series);
            for (var ruleSet : RuleSet.values()) {
                var config = Configs.everything(ruleSet);
                for (var last = 250; last < candles.openTime().length; last += 50) {
                    var views = CandleViews.of(Windows.of(candles, last, 250));
                    var signals = engine.evaluate(
                            new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, views, config, Rejections.IGNORED);
                    for (var signal : signals) {
                        assertThat(SignalJson.text(signal, NOW)).isEqualTo(oracle(signal, NOW));
                        strategies.add(signal.strategyId());
                    }
                }
            }
        }

        assertThat(strategies).hasSizeGreaterThan(20);
    }

    @Test
    void writesAnySignalAsJacksonDoes() {
        var random = new Random(SEED);
        for (var i = 0; i < SIGNALS; i++) {
            var signal = signal(random);
            var now = random.nextBoolean() ? NOW : null;

            assertThat(SignalJson.text(signal, now))
                    .as("signal %d of seed %d", i, SEED)
                    .isEqualTo(oracle(signal, now));
        }
    }

    @Test
    void spellsRightHoweverManyNumbersThereWere() {
        var json = new JsonBytes();
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < 10_000; i++) {
                json.clear();
                json.beginObject();
                json.name("n" + i).value("v" + i);
                json.name("number").value(i / 100.0);
                json.endObject();

                assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"n" + i + "\":\"v" + i + "\",\"number\":" + i / 100.0 + "}");
            }
        }
    }

    @Test
    void spellsRightHoweverManyMetadataAndLongTextsThereWere() {
        var json = new JsonBytes();
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < 2_000; i++) {
                var text = "a text long enough to be remembered " + i;
                json.clear();
                json.object(new Metadata()
                        .with("n" + i, i)
                        .with(text, text)
                        .with("again", text)
                        .values());

                assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"n%d\":%d.0,\"%s\":\"%3$s\",\"again\":\"%3$s\"}".formatted(i, i, text));
            }
        }
    }

    private static String oracle(Signal signal, @Nullable Instant now) {
        return new String(SignalJsonOracle.bytes(signal, now), StandardCharsets.UTF_8);
    }

    private static Signal signal(Random random) {
        return new Signal(
                text(random),
                new Symbol("BTCUSDT"),
                pick(Timeframe.values(), random),
                0,
                0,
                pick(Action.values(), random),
                number(random),
                number(random),
                number(random),
                pick(Strength.values(), random),
                pick(OrderType.values(), random),
                random.nextBoolean() ? number(random) : null,
                random.nextBoolean() ? number(random) : null,
                map(random, 2),
                Long.toHexString(random.nextLong()));
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var i = random.nextInt(12); i > 0; i--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> text(random);
            case 5 -> number(random);
            case 6 -> map(random, depth - 1);
            default -> list(random, depth - 1);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (var i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth));
        }
        return list;
    }

    private static String text(Random random) {
        return random.nextBoolean() ? "name_" + random.nextInt(3_000) : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> random.nextInt(10_000_000) / 100.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
