package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node tells at its start what a cluster can't work with, and not after the first fault. */
class ClusterSettingsTest {
    private static final Map<String, String> GOOD = Map.of(
            "TABOT_CLUSTER_ENABLED", "true",
            "TABOT_CLUSTER_SEED_NODES", "127.0.0.1:17355, 127.0.0.2:17356",
            "TABOT_CLUSTER_HOST", "127.0.0.2",
            "TABOT_CLUSTER_PORT", "17356",
            "TABOT_CLUSTER_SHARDS", "40",
            "NATS_URL", "nats://127.0.0.1:4222",
            "MYSQL_URI", "mysql://u:p@127.0.0.1:3306/trade");

    @Test
    void oneNodeAloneNeedsNothing() {
        var assembly = new ClusterAssembly(load(Map.of()));
        assertThatCode(assembly::check).doesNotThrowAnyException();
        assertThat(assembly.config().isEmpty()).isTrue();
        assertThat(assembly.stopTimeout()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void listensOnItsOwnAddressAlone() {
        var assembly = new ClusterAssembly(load(GOOD));
        assembly.check();
        var config = assembly.config();
        assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.2");
        assertThat(config.getString("pekko.remote.artery.bind.hostname")).isEqualTo("127.0.0.2");
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(17_356);
        assertThat(config.getInt("pekko.cluster.sharding.number-of-shards")).isEqualTo(40);
    }

    @Test
    void signalsNameTheirSenderWhereThereMayBeOthers() {
        assertThat(load(GOOD).nats().orElseThrow().signals().node()).contains("127.0.0.2:17356");
        assertThat(load(Map.of("NATS_URL", "nats://127.0.0.1:4222"))
                        .nats()
                        .orElseThrow()
                        .signals()
                        .node())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MYSQL_URI | '' | the embedded journal is a file that only one node can open",
                "NATS_URL | '' | its nodes share the candles by a JetStream consumer",
                "TABOT_NATS_MODE | core | its nodes share the candles by a JetStream consumer",
                "TABOT_WITNESS | file | a witness in a file is for one node"
            })
    void refusesWhatIsOnOneNodeAlone(String variable, String value, String reason) {
        var assembly = new ClusterAssembly(load(with("MONGODB_URI", journals(variable), variable, value)));
        assertThatThrownBy(assembly::check)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("tabot.cluster.enabled is true, but ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TABOT_CLUSTER_SEED_NODES | '' | tabot.cluster.seed-nodes",
                "TABOT_CLUSTER_SEED_NODES | 10.0.0.1 | host:port",
                "TABOT_CLUSTER_PORT | 0 | 1 to 65535",
                "TABOT_CLUSTER_SHARDS | 0 | 1 to 10000"
            })
    void refusesSettingsThatCanNotWork(String variable, String value, String message) {
        assertThatThrownBy(() -> load(with("LOG_LEVEL", "info", variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    /** A witness is asked for with two journals alone. */
    private static String journals(String variable) {
        return variable.equals("TABOT_WITNESS") ? "mongodb://127.0.0.1:27017/trade" : "";
    }

    private static Map<String, String> with(String variable, String value, String other, String otherValue) {
        var settings = new HashMap<>(GOOD);
        settings.put(variable, value);
        settings.put(other, otherValue);
        return settings;
    }

    private static Settings load(Map<String, String> environment) {
        return Settings.load(environment, new Properties(), null);
    }
}
