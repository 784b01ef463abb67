package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.access.ChangeLimits.Limits;
import io.tabot.access.Role;
import io.tabot.access.TokenEntry;
import io.tabot.access.Tokens;
import io.tabot.nats.NatsCredentials;
import io.tabot.nats.NatsSettings;
import io.tabot.nats.NatsWitness;
import io.tabot.nats.StreamSettings;
import io.tabot.nats.StreamSettings.Storage;
import io.tabot.ops.BuildInfo;
import io.tabot.ops.LogFormat;
import io.tabot.trace.TracingSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SettingsTest {
    private static final Map<String, String> EVERY_SETTING = variables("""
            TABOT_ENVIRONMENT=staging-2
            TABOT_DATA_DIR=/var/lib/ta-bot
            TABOT_JOURNALS=embedded
            TABOT_MYSQL_URI=mysql://u:p@h:3307/d
            TABOT_HTTP_HOST=::1
            TABOT_HTTP_PORT=0
            TABOT_HTTP_LEGACY_STATUS=on
            TABOT_HTTP_TOKENS_FILE=/etc/ta-bot/tokens
            TABOT_HTTP_TOKENS=grafana viewer sha256:HASH environment=staging-2
            TABOT_HTTP_TOKEN_HEADERS=X-Petrosa-Internal-Token
            TABOT_HTTP_CHANGES_PER_HOUR_OPERATOR=5
            TABOT_HTTP_CHANGES_PER_HOUR_AGENT=4
            TABOT_HTTP_STREAMS_MAX=7
            TABOT_HTTP_STREAMS_HEARTBEAT=8s
            TABOT_HTTP_TLS_KEYSTORE=/etc/ta-bot/api.p12
            TABOT_HTTP_TLS_PASSWORD=hunter2
            TABOT_DEMO_CANDLES_PER_SECOND=3
            TABOT_NATS_URL=nats://a:4222, nats://b:4222
            TABOT_NATS_MODE=core
            TABOT_NATS_USER=u
            TABOT_NATS_PASSWORD=p
            TABOT_NATS_CANDLE_SUBJECTS=c.*.*
            TABOT_NATS_KLINE_SUBJECTS=binance.*.*, other.>
            TABOT_NATS_EXTRACTION_SUBJECTS=extracted.>
            TABOT_NATS_SIGNAL_SUBJECT=out
            TABOT_NATS_CONFIG_SUBJECT=about
            TABOT_NATS_CONFIG_CHANGES=off
            TABOT_NATS_CONFIG_HEAD_INTERVAL=90s
            TABOT_NATS_CANDLE_STREAM_NAME=C
            TABOT_NATS_CANDLE_STREAM_MESSAGES_PER_SUBJECT=301
            TABOT_NATS_CANDLE_STREAM_MAX_AGE=30d
            TABOT_NATS_CANDLE_STREAM_REPLICAS=3
            TABOT_NATS_CANDLE_STREAM_STORAGE=memory
            TABOT_WITNESS=none
            TABOT_NATS_WITNESS_BUCKET_NAME=W
            TABOT_NATS_WITNESS_BUCKET_REPLICAS=3
            TABOT_NATS_SIGNAL_STREAM_NAME=S
            TABOT_NATS_SIGNAL_STREAM_DUPLICATE_WINDOW=2h
            TABOT_NATS_SIGNAL_STREAM_MAX_AGE=0
            TABOT_NATS_SIGNAL_STREAM_REPLICAS=5
            TABOT_NATS_SIGNAL_STREAM_STORAGE=MEMORY
            TABOT_NATS_ACK_WAIT=31s
            TABOT_NATS_MAX_ACK_PENDING=11
            TABOT_NATS_FETCH_BATCH=12
            TABOT_NATS_BUFFER=16
            TABOT_NATS_PUBLISH_TIMEOUT=17s
            TABOT_NATS_PUBLISH_IN_FLIGHT=18
            TABOT_CANDLES_IN_FLIGHT=13
            TABOT_CANDLES_HISTORY=stream
            TABOT_CANDLES_HISTORY_TIMEOUT=14s
            TABOT_SIGNALS_MAX_AGE=0
            TABOT_SIGNALS_RECENT=15
            TABOT_BACKTEST_MAX_CANDLES=16
            TABOT_BACKTEST_TIMEOUT=3s
            TABOT_BACKTEST_AT_ONCE=4
            TABOT_CONFIG_APPEND_TIMEOUT=1500ms
            TABOT_CONFIG_PUSH_TIMEOUT=3s
            TABOT_CONFIG_HEARTBEAT=4s
            TABOT_CONFIG_QUOTE_CURRENCIES=EUR,USDT
            TABOT_INITIAL_SYMBOLS= BTCEUR , ETHEUR,
            TABOT_INITIAL_TIMEFRAMES=1h,1M
            TABOT_BUILD_VERSION=1.2.3
            TABOT_BUILD_COMMIT_SHA=abc
            TABOT_BUILD_DATE=2026-11-01
            TABOT_LOG_LEVEL=debug
            TABOT_LOG_FORMAT=json
            TABOT_HEALTH_VERDICT_SUBJECT=told.here
            TABOT_HEALTH_VERDICT_INTERVAL=20s
            TABOT_TRACING_OTLP_ENDPOINT=http://collector:4318/
            TABOT_TRACING_HEADERS=api-key=hunter2
            TABOT_TRACING_SERVICE_NAME=bot
            TABOT_TRACING_SAMPLE_RATIO=0.25
            TABOT_TRACING_QUEUE=19
            """.replace("HASH", "a".repeat(64)));

    private static final AccessSettings NO_TOKENS =
            new AccessSettings(Optional.empty(), Tokens.NONE, List.of(), new Limits(600, 10));

    private static final AccessSettings TOKENS = new AccessSettings(
            Optional.of(Path.of("/etc/ta-bot/tokens")),
            new Tokens(List.of(new TokenEntry("grafana", Role.VIEWER, "a".repeat(64), false, Set.of("staging-2")))),
            List.of("X-Petrosa-Internal-Token"),
            new Limits(5, 4));

    private static final StreamLimits STREAMS = new StreamLimits(1_000, Duration.ofSeconds(15));
    private static final StreamLimits FEW_STREAMS = new StreamLimits(7, Duration.ofSeconds(8));

    private static final TlsSettings TLS = new TlsSettings(Path.of("/etc/ta-bot/api.p12"), "hunter2", Optional.empty());

    static Stream<String> keys() {
        return new SettingsSource(Map.of(), new Properties(), null).names().keys().stream();
    }

    @Test
    void hasDefaultsThatStartOnThisMachineAlone() {
        var settings = load(Map.of());

        assertThat(settings.environment()).isEqualTo("production");
        assertThat(settings.dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.journals().names()).containsExactly("embedded");
        assertThat(settings.http())
                .isEqualTo(new HttpSettings("127.0.0.1", 8000, false, NO_TOKENS, Optional.empty(), STREAMS, false));
        assertThat(settings.demo()).isEqualTo(new DemoSettings(20));
        assertThat(settings.nats()).isEmpty();
        assertThat(settings.candles()).isEqualTo(new CandleSettings(256, Duration.ofSeconds(10)));
        assertThat(settings.signals()).isEqualTo(new SignalSettings(Duration.ofMinutes(5), 1000));
        assertThat(settings.backtest()).isEqualTo(new BacktestSettings(5000, Duration.ofSeconds(10), 2));
        assertThat(settings.config())
                .isEqualTo(new ConfigSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        List.of("USDT", "BUSD", "BTC", "ETH", "BNB", "USDC")));
        assertThat(settings.initial())
                .isEqualTo(new InitialSettings(List.of("BTCUSDT", "ETHUSDT", "ADAUSDT"), List.of("5m")));
        assertThat(settings.build()).isEqualTo(BuildInfo.ofVersion(Version.text()));
        assertThat(settings.logLevel()).isEqualTo(Level.INFO);
        assertThat(settings.observe())
                .isEqualTo(new ObserveSettings(
                        LogFormat.TEXT, "evaluator.bot-ta-analysis.verdict", Duration.ofSeconds(15), Optional.empty()));
        assertThat(settings.source().ignoredVariables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everySettingHasItsEnvironmentVariable(String key) {
        var environment = Map.of(SettingNames.variable(key), "from-outside");

        var source = new SettingsSource(environment, new Properties(), null);

        assertThat(source.settings().getString(key)).isEqualTo("from-outside");
        assertThat(source.origin(key)).contains(SettingNames.variable(key));
    }

    @Test
    void noTwoSettingsShareAVariable() {
        assertThat(keys().map(SettingNames::variable)).doesNotHaveDuplicates();
    }

    @Test
    void everySettingIsExplained() throws IOException {
        var file = Files.readString(Path.of(System.getProperty("basedir", ""), "application.conf"));

        assertThat(file.split("\n\n"))
                .filteredOn(paragraph -> paragraph.contains(" = "))
                .allMatch(paragraph -> paragraph.contains("# "));
        assertThat(file.lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void readsEverySettingIntoItsRecord() {
        var settings = load(EVERY_SETTING);

        assertThat(settings.environment()).isEqualTo("staging-2");
        assertThat(settings.dataDir()).isEqualTo(Path.of("/var/lib/ta-bot"));
        assertThat(settings.http())
                .isEqualTo(new HttpSettings("::1", 0, false, TOKENS, Optional.of(TLS), FEW_STREAMS, true));
        assertThat(settings.demo()).isEqualTo(new DemoSettings(3));
        assertThat(settings.witness())
                .isEqualTo(new WitnessSettings(WitnessSettings.Kind.NONE, new NatsWitness.Bucket("W", 3)));
        assertThat(settings.candles()).isEqualTo(new CandleSettings(13, Duration.ofSeconds(14)));
        assertThat(settings.signals()).isEqualTo(new SignalSettings(Duration.ZERO, 15));
        assertThat(settings.backtest()).isEqualTo(new BacktestSettings(16, Duration.ofSeconds(3), 4));
        assertThat(settings.config())
                .isEqualTo(new ConfigSettings(
                        Duration.ofMillis(1500), Duration.ofSeconds(3), Duration.ofSeconds(4), List.of("EUR", "USDT")));
        assertThat(settings.initial()).isEqualTo(new InitialSettings(List.of("BTCEUR", "ETHEUR"), List.of("1h", "1M")));
        assertThat(settings.build()).isEqualTo(new BuildInfo("1.2.3", "abc", "2026-11-01"));
        assertThat(settings.logLevel()).isEqualTo(Level.DEBUG);
        assertThat(settings.observe())
                .isEqualTo(new ObserveSettings(
                        LogFormat.JSON,
                        "told.here",
                        Duration.ofSeconds(20),
                        Optional.of(new TracingSettings(
                                URI.create("http://collector:4318/"), Map.of("api-key", "hunter2"), "bot", 0.25, 19))));
    }

    @Test
    void readsEverySettingOfNats() {
        var nats = load(EVERY_SETTING).nats().orElseThrow();
        assertThat(nats)
                .isEqualTo(new NatsSettings(
                        nats.url(),
                        "tabot-staging-2",
                        NatsCredentials.of("u", "p", null, null),
                        NatsSettings.Mode.CORE,
                        new NatsSettings.Candles(
                                List.of("c.*.*"),
                                List.of("binance.*.*", "other.>"),
                                List.of("extracted.>"),
                                new StreamSettings(
                                        "C", 301, Duration.ofDays(30), Duration.ofMinutes(2), Storage.MEMORY, 3),
                                new NatsSettings.Delivery("tabot-staging-2", Duration.ofSeconds(31), 11, 12, 16)),
                        new NatsSettings.Signals(
                                "out",
                                new StreamSettings("S", 0, Duration.ZERO, Duration.ofHours(2), Storage.MEMORY, 5),
                                Duration.ZERO,
                                Duration.ofSeconds(17),
                                18,
                                Optional.empty()),
                        new NatsSettings.Notices("about.staging-2", false, Duration.ofSeconds(90), Optional.empty())));
        assertThat(nats.url()).hasToString("nats://a:4222,nats://b:4222");
    }

    @Test
    void keepsHeadsInAStreamWhereOneIsNamed() {
        var nats = load(Map.of(
                        "NATS_URL", "nats://localhost:4222",
                        "TABOT_NATS_CONFIG_HEAD_STREAM_NAME", "TABOT_HEADS",
                        "TABOT_NATS_CONFIG_HEAD_STREAM_MAX_AGE", "30d",
                        "TABOT_NATS_CONFIG_HEAD_STREAM_REPLICAS", "3"))
                .nats()
                .orElseThrow();

        assertThat(nats.notices().headStream())
                .contains(new StreamSettings(
                        "TABOT_HEADS", 0, Duration.ofDays(30), Duration.ofMinutes(2), Storage.FILE, 3));
    }

    @Test
    void understandsTheNamesOfThePythonBot() {
        var settings = load(Map.of(
                "ENVIRONMENT", "staging",
                "NATS_URL", "nats://localhost:4222",
                "NATS_PUBLISHER_TOPIC", "second",
                "NATS_TOPIC_INTENTS", "first",
                "SUPPORTED_SYMBOLS", "BTCUSDT, SOLUSDT",
                "SUPPORTED_TIMEFRAMES", "15m,1h",
                "LOG_LEVEL", "WARNING",
                "TA_BOT_LOG_LEVEL", "DEBUG"));

        assertThat(settings.environment()).isEqualTo("staging");
        assertThat(settings.nats().orElseThrow().signals().subject()).isEqualTo("first");
        assertThat(settings.initial().symbols()).containsExactly("BTCUSDT", "SOLUSDT");
        assertThat(settings.initial().timeframes()).containsExactly("15m", "1h");
        assertThat(settings.logLevel()).isEqualTo(Level.WARN);
        assertThat(settings.source().ignoredVariables()).isEmpty();
    }

    @Test
    void tellsTheBuildThatItsImageNames() {
        var settings = load(Map.of("VERSION", "v1.1.49", "COMMIT_SHA", "e3bb52c", "BUILD_DATE", "2026-06-11"));

        assertThat(settings.build()).isEqualTo(new BuildInfo("v1.1.49", "e3bb52c", "2026-06-11"));
    }

    @ParameterizedTest
    @CsvSource({
        "TA_BOT_ENVIRONMENT, a, a",
        "TA_BOT_ENVIRONMENT=a;ENVIRONMENT, b, b",
        "TA_BOT_ENVIRONMENT=a;ENVIRONMENT=b;TABOT_ENVIRONMENT, c, c"
    })
    void ofSeveralNamesOurOwnWins(String names, String last, String expected) {
        var environment = new HashMap<String, String>();
        for (var name : names.split(";")) {
            var parts = name.split("=");
            environment.put(parts[0], parts.length == 1 ? last : parts[1]);
        }

        assertThat(load(environment).environment()).isEqualTo(expected);
    }

    @Test
    void turnsNatsOffWhateverItsAddress() {
        assertThat(load(Map.of("NATS_URL", "nats://localhost:4222", "NATS_ENABLED", "False"))
                        .nats())
                .isEmpty();
    }

    @Test
    void hasTheDefaultsOfNats() {
        var nats = load(Map.of("NATS_URL", "nats://localhost:4222")).nats().orElseThrow();

        assertThat(nats).isEqualTo(NatsSettings.defaults(nats.url(), "production"));
    }

    @Test
    void namesTheVariablesThatDoNothing() {
        var settings = load(Map.of(
                "CIO_URL", "x", "MACD_FAST", "12", "TA_BOT_RSI_PERIOD", "14", "HOSTNAME", "pod-1", "PATH", "/bin"));

        assertThat(settings.source().ignoredVariables()).containsExactly("CIO_URL", "MACD_FAST", "TA_BOT_RSI_PERIOD");
    }

    @Test
    void opensTheApiWithoutTokensOnlyWhenToldTwiceAndWarns() {
        var settings = load(Map.of("TABOT_HTTP_HOST", "0.0.0.0", "TABOT_HTTP_INSECURE", "true"));

        assertThat(settings.http().isLoopback()).isFalse();
        assertThat(settings.http().warnings())
                .singleElement()
                .asString()
                .startsWith("everybody who reaches 0.0.0.0:8000 can change what is traded");
    }

    @Test
    void opensTheApiWithTokensAndWarnsWhenTheyTravelUnencrypted() {
        var open = Map.of("TABOT_HTTP_HOST", "0.0.0.0", "TABOT_HTTP_TOKENS_FILE", "tokens");
        var encrypted = new HashMap<>(open);
        encrypted.put("TABOT_HTTP_TLS_KEYSTORE", "api.p12");

        assertThat(load(open).http().access().tokensFile())
                .contains(Path.of("tokens").toAbsolutePath());
        assertThat(load(open).http().warnings())
                .singleElement()
                .asString()
                .startsWith("access tokens travel unencrypted");
        assertThat(load(encrypted).http().warnings()).isEmpty();
        assertThat(load(Map.of()).http().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "localhost", "LOCALHOST"})
    void knowsALoopbackAddress(String host) {
        assertThat(load(Map.of("TABOT_HTTP_HOST", host)).http().isLoopback()).isTrue();
    }

    @Test
    void layersTheOperatorsFileBetweenDefaultsAndEnvironment(@TempDir Path folder) throws IOException {
        var file = Files.writeString(
                folder.resolve("mine.conf"),
                "tabot { http.port = 9000, signals.recent = 7, data-dir = ${user.home}/tabot }\n"
                        + "pekko.loglevel = DEBUG");

        var settings = Settings.load(Map.of("TABOT_SIGNALS_RECENT", "8"), properties("user.home", "/home/me"), file);

        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.signals().recent()).isEqualTo(8);
        assertThat(settings.dataDir()).isEqualTo(Path.of("/home/me/tabot"));
        assertThat(settings.source().actorSystem().getString("pekko.loglevel")).isEqualTo("DEBUG");
    }

    @Test
    void findsTheOperatorsFileThroughTheSystemProperty(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mine.conf"), "tabot.http.port = 9000");

        assertThat(Settings.load(Map.of(), properties("config.file", file.toString()), null)
                        .http()
                        .port())
                .isEqualTo(9000);
    }

    @Test
    void readsTheFileAndKeepsTheDataInTheProjectsFolder(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("application.conf"), "tabot.http.port = 9001");

        var settings = Settings.load(Map.of(), properties("tabot.home", home.toString()), null);

        assertThat(settings.http().port()).isEqualTo(9001);
        assertThat(settings.dataDir()).isEqualTo(home.resolve("data"));
    }

    @Test
    void aSystemPropertyWinsOverAll() {
        assertThat(Settings.load(Map.of("TABOT_HTTP_PORT", "1"), properties("tabot.http.port", "2"), null)
                        .http()
                        .port())
                .isEqualTo(2);
    }

    @Test
    void printsEveryEffectiveValueButNoSecret() {
        var settings = load(Map.of(
                "NATS_URL", "nats://me:hunter2@localhost:4222,hunter2:hunter2@other",
                "TABOT_NATS_PASSWORD", "hunter2",
                "TABOT_NATS_USER", "me",
                "TABOT_HTTP_TLS_PASSWORD", "hunter2",
                "TABOT_HTTP_PORT", "9000"));

        assertThat(settings.source().describe())
                .hasSize((int) keys().count())
                .contains(
                        "tabot.http.port = 9000 (environment variable TABOT_HTTP_PORT)",
                        "tabot.nats.url = nats://(hidden)@localhost:4222,(hidden)@other"
                                + " (environment variable NATS_URL)",
                        "tabot.nats.password = (hidden) (environment variable TABOT_NATS_PASSWORD)",
                        "tabot.nats.token = ''",
                        "tabot.http.tokens = []",
                        "tabot.http.tls.password = (hidden) (environment variable TABOT_HTTP_TLS_PASSWORD)",
                        "tabot.signals.max-age = 300s");
        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(load(EVERY_SETTING).toString()).doesNotContain("a".repeat(64), "api-key=");
        assertThat(load(EVERY_SETTING).observe().toString()).doesNotContain("hunter2");
        assertThat(load(EVERY_SETTING).http().toString()).doesNotContain("a".repeat(64), "hunter2");
        assertThat(settings.nats().toString()).doesNotContain("hunter2");
    }

    @Test
    void handsTheActorSystemTheLibrariesDefaultsToo() {
        var config = load(Map.of()).source().actorSystem();

        assertThat(config.isResolved()).isTrue();
        assertThat(config.hasPath("pekko.actor.provider")).isTrue();
        assertThat(config.getInt("tabot.http.port")).isEqualTo(8000);
    }

    private static Map<String, String> variables(String lines) {
        return lines.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
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
