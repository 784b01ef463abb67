package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent;
import io.tabot.config.DocumentKey;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.StoredJournal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the tables that the Python bot's migration makes in MySQL, taken over before the first start. */
class ImportTablesIT {
    private static final String COLUMNS = """
            id VARCHAR(36) PRIMARY KEY, strategy_id VARCHAR(100) NOT NULL, parameters JSON NOT NULL,
            version INT NOT NULL DEFAULT 1, created_at TIMESTAMP(3) NOT NULL, updated_at TIMESTAMP(3) NOT NULL,
            created_by VARCHAR(100), metadata JSON""";

    private static final List<String> ROWS = List.of(
            "SET time_zone = '+00:00'",
            "CREATE TABLE strategy_configs_global (" + COLUMNS + ")",
            "CREATE TABLE strategy_configs_symbol (" + COLUMNS + ", symbol VARCHAR(20) NOT NULL)",
            """
            CREATE TABLE strategy_config_audit (id VARCHAR(36) PRIMARY KEY, config_id VARCHAR(36),
                strategy_id VARCHAR(100) NOT NULL, symbol VARCHAR(20),
                action ENUM('CREATE','UPDATE','DELETE') NOT NULL, old_parameters JSON, new_parameters JSON,
                changed_by VARCHAR(100) NOT NULL, changed_at DATETIME(3) NOT NULL, reason TEXT)""",
            """
            INSERT INTO strategy_configs_global VALUES ('g1', 'rsi_extreme_reversal', '{"oversold_threshold": 22}', 2,
                '2026-02-02', '2026-02-04 05:06:07.008', 'ops-7', '{"reason": "calmer"}')""",
            """
            INSERT INTO strategy_configs_symbol VALUES ('s1', 'rsi_extreme_reversal', '{"oversold_threshold": 20}', 1,
                '2026-02-03', '2026-02-03 01:00:00', 'agent-3', NULL, 'BTCUSDT')""",
            """
            INSERT INTO strategy_config_audit VALUES ('a1', 'g1', 'rsi_extreme_reversal', NULL, 'CREATE', NULL,
                '{"oversold_threshold": 25, "momentum_boost": 0.1}', 'ops-1', '2026-02-02 00:00:00.250', 'try')""",
            """
            INSERT INTO strategy_config_audit VALUES ('a2', 'x', 'rsi_extreme_reversal', 'ETHUSDT', 'DELETE',
                '{"oversold_threshold": 25}', NULL, 'ops-1', '2026-02-03 00:00:00', NULL)""",
            """
            INSERT INTO strategy_config_audit VALUES ('a3', 'x', 'rsi_extreme_reversal', NULL, 'UPDATE', NULL,
                'null', 'ops-1', '2026-02-03 00:00:00', NULL)""");

    private static MariaDbServer mariadb;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws SQLException {
        mariadb = MariaDbServer.running();
        try (var connection = mariadb.connect();
                var statement = connection.createStatement()) {
            for (var sql : ROWS) {
                statement.execute(sql);
            }
        }
    }

    @AfterAll
    static void stop() {
        mariadb.close();
    }

    @Test
    void becomesAHistoryWithItsTimesAndAuthors() {
        var applied = run("--from", mariadb.uri(), "--apply");
        var history = StoredJournal.history(ServiceProcess.data(home), "production");

        assertThat(applied.exitCode()).as(applied.err() + applied.out()).isZero();
        assertThat(applied.out())
                .startsWith("mysql://127.0.0.1:" + mariadb.port() + "/tabot to environment production: 3 changes")
                .contains("does not say what anything became")
                .contains("no configuration of the application comes over")
                .doesNotContain("p@ss");
        assertThat(history)
                .extracting(event -> event.at().toString())
                .containsExactly("2026-02-02T00:00:00.250Z", "2026-02-03T01:00:00Z", "2026-02-04T05:06:07.008Z");
        assertThat(history).extracting(ConfigEvent::changedBy).containsExactly("ops-1", "agent-3", "ops-7");
        assertThat(history.getLast().reason()).isEqualTo("calmer");
        assertThat(history.getLast().changes().getFirst().document())
                .isEqualTo(DocumentKey.strategy("rsi_extreme_reversal"));
        assertThat(history.getLast().changes().getFirst().after().fields())
                .isEqualTo(Map.of("oversold_threshold", 22L));
        assertThat(run("--from", mariadb.uri(), "--apply").out()).contains("had all of it already");
    }

    @Test
    void understandsTheAddressAsThePythonBotHadItAndHidesThePassword() {
        var dry = run("--from", mariadb.uri().replace("mysql:", "mysql+pymysql:"), "--json");
        var nobody = run("--from", "mysql://u:geheim@127.0.0.1:1/petrosa");

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(nobody.err())
                .contains("mysql://127.0.0.1:1/petrosa can't be read")
                .doesNotContain("geheim");
        assertThat(ServiceProcess.data(home)).doesNotExist();
    }

    private Cli run(Object... arguments) {
        var all = new java.util.ArrayList<Object>(List.of("import"));
        all.addAll(List.of(arguments));
        return Cli.run(Map.of("TABOT_DATA_DIR", ServiceProcess.data(home).toString()), all.toArray());
    }
}
