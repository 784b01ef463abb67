package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.ConfigEvent;
import io.tabot.config.HashChain;
import io.tabot.importer.PythonBotSamples;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.StoredJournal;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Python bot has stored in its database, taken over before the first start. */
class ImportIT {
    private static final String DATABASE = "petrosa";
    private static final String ENVIRONMENT = "production";

    private static MongoServer mongo;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        mongo = MongoServer.running();
        try (var client = mongo.connect()) {
            PythonBotSamples.store(client.getDatabase(mongo.name(DATABASE)));
        }
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @Test
    void tellsWhatItWouldDoAndWritesNothing() throws IOException {
        var dry = run(Map.of());
        var report = json(run(Map.of(), "--json", "--dry-run"));

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("65f100000000000000000004", "NOTASYMBOL", "nothing was written; --apply does it")
                .contains("parameters of strategies had no effect on the signals of the Python bot");
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(report.path("documents")).hasSize(18);
        assertThat(ServiceProcess.data(home)).doesNotExist();
    }

    @Test
    void isFoundByTheFirstStartInsteadOfTheVariables() {
        assertThat(run(Map.of(), "--apply").out()).contains("journal embedded: ", " changes written");
        var history = history();

        try (var service = ServiceProcess.ready(home, Map.of("SUPPORTED_SYMBOLS", "ADAUSDT"))) {
            var inForce = ChangeClient.inForce(service);
            var audit = TestCluster.eventually(() -> ChangeClient.audit(service), items -> !items.isEmpty());
            var parameters = service.get("/api/v1/strategies/rsi_extreme_reversal/config/BTCUSDT")
                    .data();
            assertThat(inForce.path("symbols").toString()).isEqualTo("[\"ETHUSDT\"]");
            assertThat(inForce.path("max_positions").asInt()).isEqualTo(7);
            assertThat(parameters.path("parameters").path("oversold_threshold").asInt())
                    .isEqualTo(20);
            assertThat(audit.getFirst().changedBy()).isEqualTo("system_startup");
            assertThat(service.get("/api/v1/audit?who=ops-9").data().toString()).contains("2026-02-07T00:00:00.12");
            assertThat(service.terminate()).isZero();
        }

        assertThat(history()).isEqualTo(history);
        assertThat(HashChain.verify(history)).isEmpty();
    }

    @Test
    void addsNothingTheSecondTimeNorAfterTheServiceHasGoneOn() {
        assertThat(run(Map.of(), "--apply").exitCode()).isZero();
        assertThat(run(Map.of(), "--apply").out()).contains("journal embedded: had all of it already");
        try (var service = ServiceProcess.ready(home, Map.of())) {
            assertThat(new ChangeClient().changeNext(service)).isTrue();
            assertThat(service.terminate()).isZero();
        }
        var history = history();

        assertThat(run(Map.of(), "--apply").out()).contains("journal embedded: had all of it already");

        assertThat(history()).isEqualTo(history);
    }

    @Test
    void refusesAJournalWithAnotherHistory() {
        try (var service = ServiceProcess.ready(home, Map.of())) {
            assertThat(run(Map.of(), "--apply").err()).contains("is in use by another process");
            assertThat(service.terminate()).isZero();
        }
        var history = history();

        var refused = run(Map.of(), "--apply");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing was written: embedded holds a history of 1 changes already");
        assertThat(history()).isEqualTo(history);
    }

    @Test
    void writesTheSameHistoryToBothJournals() throws IOException {
        try (var mariaDb = MariaDbServer.running()) {
            var both = Map.of("MONGODB_URI", mongo.uri(DATABASE), "MYSQL_URI", mariaDb.uri());
            var applied = run(both, "--apply");

            assertThat(applied.exitCode()).as(applied.err()).isZero();
            assertThat(applied.out()).contains("journal mongodb: ", "journal mysql: ");
            var verify = Cli.run(settings(both), "journals", "verify");
            assertThat(verify.lines()).last().asString().contains("mongodb and mysql: hold the same");
            assertThat(run(both, "--apply").out())
                    .contains("journal mongodb: had all of it already", "journal mysql: had all of it already");
        }
    }

    @Test
    void writesNothingWhenWhatIsInForceCanNotAllBeTakenOver() {
        try (var client = mongo.connect()) {
            PythonBotSamples.store(client.getDatabase(mongo.name("broken")));
            client.getDatabase(mongo.name("broken"))
                    .getCollection("strategy_configs_global")
                    .insertOne(Document.parse("""
                            {"strategy_id": "momentum_pulse", "parameters": {"rsi_period": "fast"},
                             "updated_at": {"$date": "2026-03-01T00:00:00Z"}}"""));
        }
        var from = mongo.uri("broken");

        var refused = Cli.run(settings(Map.of()), "import", "--from", from, "--apply");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing was written");
        assertThat(ServiceProcess.data(home)).doesNotExist();

        var partial = Cli.run(settings(Map.of()), "import", "--from", from, "--apply", "--partial");
        assertThat(partial.exitCode()).isEqualTo(1);
        assertThat(partial.out()).contains("rsi_period must be");
        assertThat(history()).isNotEmpty();
    }

    @Test
    void saysWhenThereIsNoBotOrNoServer() {
        var nothing = Cli.run(settings(Map.of()), "import", "--from", mongo.uri("nothing"));
        var nobody = Cli.run(settings(Map.of()), "import", "--from", "mongodb://u:geheim@127.0.0.1:1/petrosa");
        var wrong = Cli.run(settings(Map.of()), "import", "--from", "http://u:geheim@db");

        assertThat(nothing.err()).contains("holds nothing of a Python bot");
        assertThat(nobody.err())
                .contains("mongodb://127.0.0.1:1/petrosa can't be read")
                .doesNotContain("geheim");
        assertThat(wrong.err()).contains("not an address of MongoDB").doesNotContain("geheim");
    }

    private List<ConfigEvent> history() {
        return StoredJournal.history(ServiceProcess.data(home), ENVIRONMENT);
    }

    private Cli run(Map<String, String> environment, Object... arguments) {
        var from = mongo.uri(DATABASE);
        var all = new ArrayList<Object>(List.of("import", "--from", from));
        all.addAll(List.of(arguments));
        return Cli.run(settings(environment), all.toArray());
    }

    private Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("TABOT_DATA_DIR", ServiceProcess.data(home).toString());
        settings.putAll(more);
        return settings;
    }

    private static JsonNode json(Cli cli) throws IOException {
        return new ObjectMapper().readTree(cli.out());
    }
}
