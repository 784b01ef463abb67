package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.backtest.BacktestPage;
import io.tabot.backtest.BacktestReport;
import io.tabot.backtest.CandleTable;
import io.tabot.backtest.Costs;
import io.tabot.backtest.Replay;
import io.tabot.backtest.Scenario;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Browser;
import io.tabot.testing.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a backtest in a real browser. */
class BacktestPageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYMBOL = "</script><b>\"&BTC";

    @TempDir
    private Path folder;

    private JsonNode report;
    private Path page;

    @BeforeEach
    void backtest() throws IOException {
        backtest("--fee", "0.001");
    }

    private void backtest(Object... more) throws IOException {
        var arguments = new ArrayList<Object>(List.of(
                "backtest",
                "--candles",
                Cli.golden(folder, "cb_btc_4h_2024"),
                "--symbol",
                "BTCUSD",
                "--timeframe",
                "4h",
                "--out",
                folder));
        arguments.addAll(List.of(more));
        var result = Cli.run(arguments.toArray());
        assertThat(result.exitCode()).as(result.err()).isZero();
        report = JSON.readTree(folder.resolve("backtest.json").toFile());
        page = folder.resolve("backtest.html");
    }

    @Test
    void showsTheFiguresOfTheReportAndSaysNothingToTheConsole() {
        var shown = new Browser(folder).load(page);

        assertThat(shown.console()).isEmpty();
        assertThat(total(shown, "trades"))
                .isEqualTo(report.at("/total/criteria/trades").asText());
        assertThat(Pattern.compile("<tr data-strategy=").matcher(shown.dom()).results())
                .hasSameSizeAs(report.get("strategies"));
        for (var strategy : report.get("strategies")) {
            assertThat(cells(shown, strategy.get("strategy_id").asText()))
                    .startsWith(
                            strategy.get("signal_count").asText(),
                            strategy.at("/criteria/trades").asText());
        }
    }

    @Test
    void escapesEveryName() throws IOException {
        var candles = new CandleTable();
        candles.add(new Candle(0, 1, 1, 1, 1, 1));
        var scenario = Scenario.of(
                new Symbol(SYMBOL), Timeframe.FOUR_HOURS, Configs.everything(RuleSet.PYTHON), new Costs(0, 0));
        var results = new Replay(new SignalEngine("test"), scenario, candles, Rejections.IGNORED).run(_ -> {});
        try (var file = Files.newOutputStream(page)) {
            BacktestPage.write(BacktestReport.of(scenario, candles, results), file);
        }

        var shown = new Browser(folder).load(page);

        assertThat(shown.dom())
                .contains("<h1 id=\"title\">Backtest of &lt;/script&gt;&lt;b&gt;\"&amp;BTC, 4h</h1>")
                .doesNotContain("<b>");
    }

    @Test
    void canBeUsedWithMouseAndKeyboard() throws IOException {
        var strategy = mostTraded();
        var used = used("""
                const click = (element) => element.click();
                click(document.querySelectorAll('#strategies thead button')[2]);
                click(document.querySelector('tr[data-strategy="%s"] button'));
                document.querySelectorAll('[data-move]').forEach(click);
                for (const key of ['ArrowLeft', 'ArrowRight', '+', '-', 'Home', 'End']) {
                  for (const chart of ['equity', 'candles']) {
                    document.getElementById(chart).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
                  }
                }
                for (let x = 0; x < 900; x += 30) {
                  for (const chart of ['equity', 'candles']) {
                    const moved = new PointerEvent('pointermove', {clientX: x, clientY: 400});
                    document.getElementById(chart).dispatchEvent(moved);
                  }
                }
                """.formatted(strategy.get("strategy_id").asText()));

        var shown = new Browser(folder).load(used);

        assertThat(shown.console()).isEmpty();
        assertThat(shown.dom())
                .contains("aria-sort=\"descending\"")
                .contains("Trades of " + strategy.get("strategy_id").asText());
        assertThat(Pattern.compile("<tr data-strategy=\"(\\w+)\"")
                        .matcher(shown.dom())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .isEqualTo(strategy.get("strategy_id").asText());
        assertThat(shown.dom()).contains(strategy.at("/criteria/trades").asText() + " trades.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1300, 1600, 1920})
    void theTableOfStrategiesFitsIntoAWindow(int width) throws IOException {
        var shown = new Browser(folder).load(withLargeCounts(), width);

        assertThat(found(shown, "<td>(98,765)</td>")).isNotEmpty();
        var widths = found(shown, "data-widths=\"([^\"]*)\"").split(" ");
        assertThat(Integer.parseInt(widths[0]))
                .as("width of the table, in the width that there is for it")
                .isPositive()
                .isLessThanOrEqualTo(Integer.parseInt(widths[1]));
        assertThat(found(shown, "data-hint=\"([^\"]*)\"")).isEqualTo("hidden");
    }

    @Test
    void aNarrowWindowKeepsTheNamesInSightAndSaysThatThereIsMore() throws IOException {
        var shown = new Browser(folder).load(withLargeCounts(), 600);

        assertThat(found(shown, "data-hint=\"([^\"]*)\"")).isEqualTo("shown");
        assertThat(found(shown, "data-name-moves-by=\"([^\"]*)\"")).isEqualTo("0");
        assertThat(Integer.parseInt(found(shown, "data-name-width=\"([^\"]*)\"")))
                .isBetween(120, 250);
    }

    @Test
    void tellsTheBoundsOfConfidenceOfAConfiguration() throws IOException {
        assertThat(scenario()).doesNotContain("confidence");
        var config = Files.writeString(folder.resolve("config.json"), """
                {"application": {"enabled_strategies": ["golden_trend_sync"], "min_confidence": 0.65}}""");

        backtest("--config", config);

        assertThat(scenario()).endsWith("; signals with a confidence from 0.65 to 1 only");
    }

    @Test
    void noticesAScriptThatFails() throws IOException {
        assertThat(new Browser(folder).load(used("nobody.knows(this);")).console())
                .singleElement()
                .asString()
                .contains("ReferenceError");
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        assertThat(Files.readString(page))
                .contains("default-src 'none'")
                .doesNotContainPattern("(?:src|href)\\s*=\\s*[\"']?+(?!data:)")
                .doesNotContainPattern("(?:https?:)//");
    }

    /** As after years of one-minute candles. Notes at the end what a user would see of the table. */
    private Path withLargeCounts() throws IOException {
        Files.writeString(
                page,
                Files.readString(page)
                        .replaceAll("\"signals\":\\d+", "\"signals\":123456")
                        .replaceAll("\"trades\":\\d+", "\"trades\":98765"));
        return used("""
                const box = document.getElementById('strategies').parentElement;
                document.body.dataset.widths = box.scrollWidth + ' ' + box.clientWidth;
                document.body.dataset.hint = box.previousElementSibling.hidden ? 'hidden' : 'shown';
                const name = document.querySelector('tr[data-strategy] th');
                const left = name.getBoundingClientRect().left;
                document.body.dataset.nameWidth = Math.round(name.getBoundingClientRect().width);
                box.scrollLeft = 100;
                document.body.dataset.nameMovesBy = left - name.getBoundingClientRect().left;
                """);
    }

    /** The page with one more script at its end. */
    private Path used(String script) throws IOException {
        var text = Files.readString(page).replace("</body>", "<script>" + script + "</script></body>");
        return Files.writeString(folder.resolve("used.html"), text);
    }

    private JsonNode mostTraded() {
        var most = report.at("/strategies/0");
        for (var strategy : report.get("strategies")) {
            if (strategy.at("/criteria/trades").asInt()
                    > most.at("/criteria/trades").asInt()) {
                most = strategy;
            }
        }
        return most;
    }

    private String scenario() {
        return found(new Browser(folder).load(page), "<p id=\"scenario\">([^<]*)</p>");
    }

    private static String total(Browser.Page shown, String figure) {
        return found(shown, "<dd data-total=\"" + figure + "\"[^>]*>([^<]*)</dd>");
    }

    private static String[] cells(Browser.Page shown, String strategy) {
        var row = found(shown, "<tr data-strategy=\"" + strategy + "\"[^>]*>(.*?)</tr>");
        return row.replaceFirst("^.*?</th>", "").replaceAll("<td[^>]*>", "").split("</td>");
    }

    private static String found(Browser.Page shown, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(shown.dom());
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
