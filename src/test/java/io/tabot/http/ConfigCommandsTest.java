package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.cli.CommandRun;
import io.tabot.strategy.StrategyCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about the configuration, as people and scripts run them against a service. */
class ConfigCommandsTest {
    private static final String RSI = "rsi_extreme_reversal";
    private static final String HAMMER = "hammer_reversal_pattern";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @TempDir
    private Path folder;

    @Test
    void setsAParameterAndTellsWhatChanged() {
        var run = config("set", RSI, "ETHUSDT", "oversold_threshold=30", "--by", "ops-7", "--reason", "more signals");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().getFirst()).matches("revision \\d+: rsi_extreme_reversal on ETHUSDT created");
        assertThat(run.lines().getLast())
                .isEqualTo("strategy/rsi_extreme_reversal/ETHUSDT  oversold_threshold  -       30");
        var newest = client.get("/api/v1/strategies/" + RSI + "/audit?symbol=ETHUSDT&limit=1")
                .at("/data/0");
        assertThat(newest.path("changed_by").asText()).isEqualTo("ops-7");
        assertThat(newest.path("reason").asText()).isEqualTo("more signals");
        assertThat(config("get", RSI, "ETHUSDT", "--effective").out())
                .containsPattern("oversold_threshold +30 +symbol +\\d+\n")
                .containsPattern("rsi_period +2 +default +-\n");
    }

    @Test
    void defaultTakesAParameterOutOfItsLayer() {
        config("set", RSI, "rsi_period=3", "extreme_threshold=3");

        var run = config("set", RSI, "rsi_period=default");

        assertThat(run.out()).containsPattern("rsi_period +3 +-");
        assertThat(stored(RSI).fieldNames()).toIterable().containsExactly("extreme_threshold");
    }

    @Test
    void aDryRunTellsTheDifferenceAndChangesNothing() {
        var before = revision();

        var run = config("set", HAMMER, "enabled=false", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("dry run, nothing was changed: hammer_reversal_pattern would be created\n")
                .containsPattern("enabled +- +false");
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void whatIsSoAlreadyIsNoChange() {
        config("set", "application", "max_positions=17");

        assertThat(config("set", "application", "max_positions=17").out())
                .isEqualTo("unchanged: application is like that already");
    }

    @Test
    void listsGainAndLoseItems() {
        var run = config("set", "application", "symbols+=SOLUSDT,BTCUSDT", "candle_periods-=5m", "position_sizes=5,10");

        assertThat(run.out())
                .containsPattern("symbols +\\d+ items +\\+SOLUSDT\n")
                .containsPattern("candle_periods +2 items +-5m\n");
        var application = client.get("/api/v1/config/application").at("/data");
        assertThat(application.path("position_sizes").toString()).isEqualTo("[5,10]");
        assertThat(config("set", "application", "candle_periods+=5m", "symbols-=SOLUSDT")
                        .exitCode())
                .isZero();
    }

    @Test
    void aNameThatIsNotInTheListIsToldSinceItMayBeMisspelt() {
        var run = config("set", "application", "symbols-=ETHUSD", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("ta-bot: ETHUSD was not in symbols\n");
    }

    @Test
    void waitTakesNothingButATime() {
        var run = config("set", "application", "--wait", "max_positions=61", "min_confidence=0.61");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("in force on ").containsPattern("max_positions +\\d+ +61");

        assertThat(config("set", "application", "max_positions=62", "--wait", "7s")
                        .exitCode())
                .isZero();
        assertThat(config("set", "application", "max_positions=63", "--wait=soon")
                        .err())
                .contains("timeout");
    }

    @Test
    void everyStrategyIsFarFromWhatIsTakenForTheApplication() {
        assertThat(StrategyCatalog.standard().ids())
                .allSatisfy(id -> assertThat(config("get", id).exitCode()).isZero());
    }

    /** It was made from what was read, so it holds for nothing else. */
    @Test
    void whatIsAddedToAListIsRefusedWhenItWasChangedInBetween() {
        var run = config("set", "application", "symbols+=XRPUSDT", "--expected-revision", "0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("ta-bot: refused (409 STALE): it was changed since")
                .contains("    try: ");
        assertThat(client.get("/api/v1/config/application").text()).doesNotContain("XRPUSDT");
    }

    @Test
    void aRefusalNamesEachErrorWithWhatIsAllowedAndWhatToTry() {
        var run = config("set", RSI, "oversold_treshold=3", "rsi_period=1000", "enabled=maybe");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).isEmpty();
        assertThat(run.err())
                .startsWith("ta-bot: refused (422 VALIDATION_ERROR): 3 errors\n")
                .contains("  oversold_treshold: Unknown parameter", "    allowed: enabled, rsi_period, ")
                .contains("    try: oversold_threshold\n")
                .containsPattern("  rsi_period: .*1000\n    allowed: from \\S+ to \\S+\n    try: \\d+\n")
                .contains("enabled must be a boolean, got 'maybe'");
    }

    @Test
    void asJsonARefusalIsTheAnswerItselfAndFailsAllTheSame() {
        var run = config("set", "nonsense", "a=1", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(Client.json(run.out()).at("/error/code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aRepetitionWithTheSameKeyChangesNothingMore() {
        config("set", HAMMER, "BTCUSDT", "enabled=false", "--idempotency-key", "night-1");
        var revision = revision();

        var again = config("set", HAMMER, "BTCUSDT", "enabled=false", "--idempotency-key", "night-1");

        assertThat(again.lines().getFirst()).endsWith("(earlier, with the same key)");
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void rollsBackToEachKindOfState() {
        var bear = "bear_trap_buy";
        config("set", bear, "enabled=false");
        var first = revision();
        config("set", bear, "enabled=true");
        var states = new ArrayList<>(List.of("previous", String.valueOf(first), "v1", "test-" + first));

        for (var state : states) {
            var run = config("rollback", bear, "--to", state, "--reason", "no");

            assertThat(run.exitCode()).as(state + run.err()).isZero();
            assertThat(run.lines().getFirst()).endsWith("rolled back to revision " + first);
            assertThat(stored(bear).path("enabled").asBoolean()).isFalse();
            config("set", bear, "enabled=true");
        }
    }

    @Test
    void theDifferenceBetweenTwoMomentsNamesWhoMadeThem() {
        var before = revision();
        config("set", "doji_reversal", "enabled=false", "--by", "night-shift");

        var run = config("diff", before, before + 1);

        assertThat(run.lines().get(1)).contains("to    revision " + (before + 1), "by night-shift");
        assertThat(run.out()).containsPattern("strategy/doji_reversal +enabled +- +false");
        assertThat(config("diff", before, before).lines().getLast()).isEqualTo("nothing differs");
    }

    @Test
    void anExportIsWhatDiffAndOfflineCommandsRead() throws IOException {
        var file = folder.resolve("tested.json");
        Files.write(file, config("export").lines());
        var same = config("diff", file);
        config("set", "inside_bar_sell", "ETHUSDT", "enabled=false");

        var other = config("diff", file);

        assertThat(same.out()).isEqualTo("nothing differs");
        assertThat(other.out()).containsPattern("strategy/inside_bar_sell/ETHUSDT +enabled +- +false");
        assertThat(config("diff", 1, file).exitCode()).isZero();
        assertThat(config("diff", file, file, "--json").out()).contains("\"documents\" : [ ]");
        var candles = Path.of(System.getProperty("basedir", ""), "src/main/resources/demo/BTCUSDT-4h.csv");
        var signals = CommandRun.of(
                "signals", "--candles", candles, "--symbol", "BTCUSDT", "--timeframe", "4h", "--config", file);
        assertThat(signals.exitCode()).as(signals.err()).isZero();
    }

    @Test
    void showsEverythingAndWhatWasSetThen() {
        var before = revision();
        config("set", "shooting_star_reversal", "BTCUSDT", "enabled=false");

        var now = config("get").out();
        var then = config("get", "shooting_star_reversal", "BTCUSDT", "--revision", before);

        assertThat(now).containsPattern("shooting_star_reversal +BTCUSDT +enabled +false");
        assertThat(now).containsPattern("rule_set +python\n");
        assertThat(then.out())
                .startsWith("shooting_star_reversal on BTCUSDT as of revision " + before)
                .contains("the parameters for every symbol apply; --effective shows them");
    }

    @Test
    void anImportMakesWhatIsInForceWhatTheFileSaysAsOneChange() throws IOException {
        config("set", "inside_bar_breakout", "BTCUSDT", "enabled=false");
        var file = Files.write(folder.resolve("tested.json"), config("export").lines());
        config("set", "inside_bar_breakout", "BTCUSDT", "enabled=true");
        config("set", "inside_bar_breakout", "enabled=false");
        config("set", "application", "max_positions=77");
        var before = revision();

        var dryRun = config("import", file, "--dry-run");
        var afterDryRun = revision();
        var run = config("import", file, "--reason", "as tested");

        assertThat(dryRun.lines().getFirst()).startsWith("dry run, nothing was changed: the configuration would be");
        assertThat(afterDryRun).isEqualTo(before);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().getFirst()).isEqualTo("revision " + (before + 1) + ": the configuration updated");
        assertThat(run.out())
                .containsPattern("application +max_positions +77 +\\d+")
                .containsPattern("strategy/inside_bar_breakout +enabled +false +-")
                .containsPattern("strategy/inside_bar_breakout/BTCUSDT +enabled +true +false");
        assertThat(config("diff", file).out()).isEqualTo("nothing differs");
        assertThat(config("import", file).out()).isEqualTo("unchanged: the configuration is like that already");
    }

    @Test
    void anImportLeavesAloneWhatTheFileDoesNotMention() throws IOException {
        config("set", "liquidity_grab_reversal", "enabled=false");
        var strategies = client.get("/api/v1/config").at("/data/strategies");
        var file = Files.writeString(folder.resolve("part.json"), "{\"application\": {\"max_positions\": 41}}");

        var run = config("import", file);

        assertThat(run.lines()).as(run.err()).hasSize(3).last().asString().startsWith("application  max_positions");
        assertThat(client.get("/api/v1/config").at("/data/strategies")).isEqualTo(strategies);
    }

    @Test
    void anImportWithoutASingleParameterTakesThemAllOut() throws IOException {
        config("set", "liquidity_grab_reversal", "ETHUSDT", "enabled=false");
        var file = Files.writeString(folder.resolve("none.json"), "{\"strategies\": {}}");

        config("import", file);

        assertThat(client.get("/api/v1/config").at("/data/strategies").isEmpty())
                .isTrue();
    }

    @Test
    void aRefusedImportNamesTheDocumentsAndChangesNothing() throws IOException {
        var text = "{\"application\": {\"max_positions\": 42}, \"strategies\": {\"" + RSI
                + "\": {\"symbols\": {\"BTCUSDT\": {\"oversold_threshold\": 350}}}}}";
        var before = revision();

        var run = config("import", Files.writeString(folder.resolve("wrong.json"), text));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("  strategy/" + RSI + "/BTCUSDT oversold_threshold: ", "    try: 40");
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void everythingGoesBackByOneChange() {
        var before = revision();
        config("set", "band_fade_reversal", "enabled=false");
        config("set", "application", "max_positions=51");

        var run = config("rollback", "--all", "--to", before, "--wait");

        assertThat(run.lines().getFirst())
                .as(run.err())
                .isEqualTo("revision " + (before + 3) + ": everything rolled back to revision " + before);
        assertThat(run.lines().get(1)).matches("in force on \\S+ after \\d+ ms");
        assertThat(config("diff", before).lines().getLast()).isEqualTo("nothing differs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                get application BTCUSDT           | not application
                get application --effective       | --effective tells what applies to a strategy now
                get --at 2026-01-01T00:00:00Z --revision 1 | mutually exclusive
                set application                   | Missing required parameter
                set application paused            | 'application paused' is not application
                set application paused=true x     | 'x' is not NAME=VALUE
                set application paused+=true      | paused is no list
                set application reason=x          | reason is no field; there is an option for it
                set a/b enabled=true              | 'a/b' is not application
                rollback --to 1                   | give either application
                rollback application --all --to 1 | give either application
                rollback application              | Missing required option: '--to=STATE'
                rollback application --to gestern | 'gestern' is not previous, a revision, a time
                rollback application --to 2026-02-03 | '2026-02-03' is not previous, a revision, a time
                get aplication                    | aplication is not application
                diff nowhere.json                 | no time with its offset
                """, quoteCharacter = '`')
    void wrongUsageEndsWithTwo(String arguments, String message) {
        var run = config((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message, "Try 'ta-bot config ");
    }

    @Test
    void nobodyThereIsOneLine() {
        var run = CommandRun.of("config", "get", "--url", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("ta-bot: no service answers at http://127.0.0.1:1")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @Test
    void anAddressWithoutASchemeIsToldWhatOneLooksLike() {
        var run = CommandRun.of("config", "get", "--url", "localhost:8000");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("not the address of a service: localhost:8000", "http://127.0.0.1:8000");
    }

    @Test
    void theFileOfHashesIsNotTakenForATokenNorForAWrongAddress() throws IOException {
        var tokens = Files.writeString(folder.resolve("tokens"), "a admin sha256:00\nb viewer sha256:11\n");

        var run = config("get", "--token-file", tokens);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("ta-bot: " + tokens + " holds more than an access token; token create prints one\n");
    }

    private static CommandRun config(Object... arguments) {
        var all = new ArrayList<Object>(List.of("config"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", served.running().address()));
        return CommandRun.of(all.toArray());
    }

    private static JsonNode stored(String strategy) {
        return client.get("/api/v1/strategies/" + strategy + "/config").at("/data/stored");
    }

    private static long revision() {
        return client.get("/api/v1/config").at("/metadata/revision").asLong();
    }
}
