package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal is one line with the name, the value and what is allowed. */
class SettingsRefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TABOT_NATS_URL | http://me:secret@x:1 | tabot.nats.url: 'http://x:1' begins with 'http'",
                "TABOT_NATS_MODE | kafka | is kafka: allowed is one of jetstream, core",
                "TABOT_NATS_TOKEN | secret | tabot.nats: give NATS a user and password, or a token",
                "TABOT_NATS_PASSWORD | '' | tabot.nats: a NATS user needs a password",
                "TABOT_NATS_CANDLE_SUBJECTS | '' | tabot.nats: there is no candle subject",
                "TABOT_NATS_CANDLE_STREAM_NAME | a b | tabot.nats.candle-stream: 'a b' is no stream name",
                "TABOT_NATS_SIGNAL_STREAM_MAX_AGE | 1s | tabot.nats.signal-stream: the duplicate window",
                "TABOT_NATS_FETCH_BATCH | 0 | tabot.nats.fetch-batch (environment variable",
                "TABOT_NATS_ACK_WAIT | 0s | is 0s: allowed is a duration above 0",
                "TABOT_NATS_ACK_WAIT | 40m | tabot.nats: ack wait may be at most half the duplicate window",
                "TABOT_SIGNALS_MAX_AGE | 2h | tabot.nats: the max age of signals may not exceed"
            })
    void refusesWhatNatsCanNotWorkWith(String variable, String value, String message) {
        var environment = new HashMap<String, String>();
        environment.put("NATS_URL", "nats://localhost:4222");
        environment.put("TABOT_NATS_USER", "me");
        environment.put("TABOT_NATS_PASSWORD", "secret");
        environment.put(variable, value);

        refuses(environment).hasMessageContaining(message).message().doesNotContain("secret");
    }

    @Test
    void refusesUnknownNamesWithTheNearestOne() {
        refuses(Map.of("TABOT_HTP_PORT", "1"))
                .hasMessage("unknown environment variable TABOT_HTP_PORT (did you mean TABOT_HTTP_PORT?)");
        refuses(Map.of(), "tabot.signals.maxage", "1s")
                .hasMessage("unknown setting tabot.signals.maxage (did you mean tabot.signals.max-age?)");
        refuses(Map.of(), "tabot.http.port.number", "1")
                .hasMessage("unknown setting tabot.http.port.number (did you mean tabot.http.port?)");
        assertThat(load(Map.of("TABOT_JAVA_OPTS", "-Xmx1g", "TABOT_TEST_MONGODB_URI", "x")))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TABOT_ENVIRONMENT | Prod | tabot.environment (environment variable TABOT_ENVIRONMENT) is Prod: allow",
                "ENVIRONMENT | '' | (environment variable ENVIRONMENT) is '': allowed is 1 to 32 of the characters a-z",
                "TABOT_JOURNALS | embedded,mysql | is embedded,mysql: allowed is",
                "TABOT_JOURNALS | mysql,mongodb | is mysql,mongodb: allowed is [embedded], [mongodb], [mysql] or",
                "TABOT_JOURNALS | mysql | tabot.mysql.uri is '': allowed is an address, since the journals are [mysql]",
                "TABOT_JOURNALS | mongodb | tabot.mongodb.uri is '': allowed is an address",
                "MYSQL_URI | mysql://u:hidden@a,b/c | tabot.mysql.uri: name one server, not several",
                "MONGODB_URI | mongodb://a/?readPreference=nearest | tabot.mongodb.uri: readPreference must be primary",
                "TABOT_HTTP_PORT | 65536 | is 65536: allowed is a whole number from 0 to 65535",
                "TABOT_HTTP_PORT | 80.5 | is 80.5: allowed is a whole number",
                "TABOT_HTTP_PORT | -1 | is -1: allowed is a whole number from 0",
                "TABOT_HTTP_HOST | ' ' | tabot.http.host",
                "TABOT_HTTP_HOST | 0.0.0.0 | TABOT_HTTP_INSECURE=true",
                "TABOT_HTTP_HOST | example.org | TABOT_HTTP_INSECURE=true",
                "TABOT_HTTP_HOST | 0.0.0.0 | there are no access tokens: bin/ta-bot token create makes one",
                "TABOT_HTTP_TOKENS | ops operator | tabot.http.tokens: an entry is: name role sha256:<hash>",
                "TABOT_HTTP_TOKEN_HEADERS | Authorization | tabot.http.token-headers (environment variable",
                "TABOT_HTTP_TOKEN_HEADERS | 'X: y' | is X: y: allowed is names of headers",
                "TABOT_HTTP_CHANGES_PER_HOUR_AGENT | 0 | is 0: allowed is a whole number from 1",
                "TABOT_HTTP_INSECURE | perhaps | is perhaps: allowed is true or false",
                "NATS_ENABLED | 1 | tabot.nats.enabled (environment variable NATS_ENABLED) is 1: allowed is true",
                "TABOT_DEMO_CANDLES_PER_SECOND | 0 | is 0: allowed is a whole number from 1",
                "TABOT_CANDLES_IN_FLIGHT | 0 | is 0: allowed is a whole number from 1",
                "TABOT_CANDLES_HISTORY_TIMEOUT | 0s | is 0s: allowed is a duration above 0",
                "TABOT_SIGNALS_MAX_AGE | 300 | is 300: allowed is a duration with its unit",
                "TABOT_SIGNALS_MAX_AGE | -1s | is -1s: allowed is a duration",
                "TABOT_SIGNALS_MAX_AGE | soon | is soon: allowed is a duration",
                "TABOT_BACKTEST_MAX_CANDLES | 0 | is 0: allowed is a whole number from 1",
                "TABOT_BACKTEST_TIMEOUT | 16s | allowed is a duration above 0, at most 15s",
                "TABOT_BACKTEST_TIMEOUT | 0 | allowed is a duration above 0, at most 15s",
                "TABOT_BACKTEST_AT_ONCE | 9 | is 9: allowed is a whole number from 1 to 8",
                "TABOT_SIGNALS_RECENT | 0 | is 0: allowed is a whole number from 1",
                "TABOT_CONFIG_HEARTBEAT | 0 | is 0: allowed is a duration above 0",
                "TABOT_CONFIG_APPEND_TIMEOUT | -5s | is -5s: allowed is a duration above 0",
                "TABOT_CONFIG_QUOTE_CURRENCIES | usdt | is usdt: allowed is at least one name",
                "SUPPORTED_SYMBOLS | ', ,' | tabot.initial.symbols (environment variable SUPPORTED_SYMBOLS)",
                "TABOT_TRACING_OTLP_ENDPOINT | collector | tabot.tracing: an endpoint is an address like http://coll",
                "TABOT_TRACING_OTLP_ENDPOINT | http://u:p@c | put what proves who you are into headers",
                "TABOT_HEALTH_VERDICT_SUBJECT | a.* | is a.*: allowed is a subject without wildcards",
                "TABOT_HEALTH_VERDICT_INTERVAL | -1s | is -1s: allowed is a duration, or 0 for never",
                "TABOT_LOG_FORMAT | xml | is xml: allowed is one of text, json",
                "TABOT_LOG_LEVEL | loud | is loud: allowed is one of error, warn, info, debug, trace"
            })
    void refusesABadValueByName(String variable, String value, String message) {
        refuses(Map.of(variable, value)).hasMessageContaining(message).message().doesNotContain("\n");
    }

    @Test
    void refusesAFileThatIsNotThereOrNotReadable(@TempDir Path folder) throws IOException {
        var missing = folder.resolve("missing.conf");
        var broken = Files.writeString(folder.resolve("broken.conf"), "tabot { http.port = \n");
        var nothing = Files.writeString(folder.resolve("nothing.conf"), "tabot.http.port = null");

        assertThatThrownBy(() -> Settings.load(Map.of(), new Properties(), missing))
                .isInstanceOf(SettingsException.class)
                .hasMessage("settings file " + missing + " can't be read");
        assertThatThrownBy(() -> Settings.load(Map.of(), new Properties(), broken))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("broken.conf")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> Settings.load(Map.of(), new Properties(), nothing))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("tabot.http.port is nothing");
    }

    private static AbstractThrowableAssert<?, ?> refuses(Map<String, String> environment) {
        return assertThatThrownBy(() -> load(environment)).isInstanceOf(SettingsException.class);
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            Map<String, String> environment, String property, String value) {
        return assertThatThrownBy(() -> Settings.load(environment, properties(property, value), null))
                .isInstanceOf(SettingsException.class);
    }

    private static Settings load(Map<String, String> environment) {
        return Settings.load(environment, new Properties(), null);
    }

    private static Properties properties(String name, String value) {
        var properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
