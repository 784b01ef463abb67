package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        var result = Cli.run(
                "backtest",
                "--candles",
                Cli.golden(folder, "cb_btc_4h_2024"),
                "--symbol",
                SYMBOL,
                "--timeframe",
                "4h",
                "--fee",
                "0.001",
                "--out",
                folder);
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
    void escapesEveryName() {
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
