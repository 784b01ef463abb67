package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersHashTest {
    @Test
    void isThePythonBotsOfNoParameters() {
        assertThat(ParametersHash.of(Map.of()))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void isThePythonBotsOfOneParameter() {
        assertThat(ParametersHash.of(Map.of("rsi_period", 14)))
                .isEqualTo("b8794a6a35ab5b64e0770be6a7036046dab14aebda0befb7cdb9e31afd447dd2");
    }

    @Test
    void isThePythonBotsOfEmaAlignmentBullish() {
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("ema_fast", 8L);
        defaults.put("ema_medium", 21L);
        defaults.put("ema_slow", 55L);
        defaults.put("min_data_points", 60L);
        defaults.put("base_confidence", 0.75);
        defaults.put("volume_multiplier_threshold", 1.5);
        defaults.put("volume_confidence_boost", 0.1);

        assertThat(ParametersHash.of(defaults))
                .isEqualTo("ada651c17f5c3ee0bb61a494bcd187e87528b330875af9fc98fa5af24a01bd11");
    }

    @Test
    void tellsWholeNumbersFromOthersAndSwitchesFromBoth() {
        assertThat(ParametersHash.json(Map.of("c", 25L, "b", 25.0, "a", true)))
                .isEqualTo("{\"a\":true,\"b\":25.0,\"c\":25}");
    }

    @Test
    void isTheSameInEveryCountry() {
        var here = Locale.getDefault();
        Locale.setDefault(Locale.of("ar", "SA"));
        try {
            assertThat(ParametersHash.json(Map.of("a", 1e-5, "b", 1e30))).isEqualTo("{\"a\":1e-05,\"b\":1e+30}");
            assertThat(CanonicalJson.write(Map.of("a", 1e-8, "b", "\u0001")))
                    .isEqualTo("{\"a\":1e-8,\"b\":\"\\u0001\"}");
        } finally {
            Locale.setDefault(here);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Printed by repr of Python 3.
        "0x0.0p+0, 0.0",
        "-0x0.0p+0, -0.0",
        "0x1.9000000000000p+4, 25.0",
        "0x1.47ae147ae147bp-6, 0.02",
        "0x1.a36e2eb1c432dp-14, 0.0001",
        "0x1.4f8b588e368f1p-17, 1e-05",
        "0x1.421f5f40d8376p-23, 1.5e-07",
        "0x1.c12218377de40p+46, 123456789012345.0",
        "0x1.c6bf526340000p+49, 1000000000000000.0",
        "0x1.1c37937e08000p+53, 1e+16",
        "0x1.5ee2a2eb5a5c4p+53, 1.2345678901234568e+16",
        "0x1.0000000000000p+53, 9007199254740992.0",
        "0x1.52d02c7e14af6p+76, 1e+23",
        "0x0.0000000000001p-1022, 5e-324",
        "0x1.fffffffffffffp+1023, 1.7976931348623157e+308",
        "0x1.3333333333334p-2, 0.30000000000000004",
        "-0x1.a000000000000p+1, -3.25",
    })
    void printsNumbersAsPythonDoes(double number, String text) {
        assertThat(ShortestDecimal.of(number).python()).isEqualTo(text);
    }
}
