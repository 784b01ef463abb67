package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Events;
import io.tabot.testing.Signals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategiesAndSignalsTest {
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06Z");

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        var timeframes = List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS);
        for (var i = 0; i < 10; i++) {
            var symbol = new Symbol(i % 2 == 0 ? "BTCUSDT" : "ETHUSDT");
            var signal = Signals.buy("momentum_pulse", symbol, timeframes.get(i / 5), i);
            var publication = i == 9 ? Publication.withheld(signal, Publication.MAX_AGE) : Publication.sent(signal);
            served.running().signals.add(publication, AT.plusSeconds(i));
        }
    }

    @Test
    void listsEveryStrategyInCatalogOrder() {
        var reply = client.get("/api/v1/strategies");

        assertThat(StreamSupport.stream(reply.at("/data").spliterator(), false)
                        .map(item -> item.get("strategy_id").asText()))
                .containsExactlyElementsOf(Events.CATALOG.ids());
        assertThat(reply.at("/data/0").fieldNames())
                .toIterable()
                .contains(
                        "strategy_id",
                        "name",
                        "description",
                        "has_global_config",
                        "symbol_overrides",
                        "parameter_count");
        assertThat(reply.at("/metadata/total_count").asInt())
                .isEqualTo(Events.CATALOG.ids().size());
    }

    @Test
    void describesEveryParameterOfEveryStrategy() {
        for (var strategy : Events.CATALOG.strategies()) {
            var parameters = strategy.definition().schema().parameters();
            var path = "/api/v1/strategies/" + strategy.definition().id();

            var schema = client.get(path + "/schema");
            var defaults = client.get(path + "/defaults");

            assertThat(schema.at("/data")).hasSize(parameters.size());
            assertThat(schema.at("/data/0/name").asText()).isEqualTo("enabled");
            assertThat(schema.at("/data/0/min").isNull()).isTrue();
            schema.at("/data")
                    .forEach(item -> assertThat(item.get("default"))
                            .isEqualTo(defaults.at("/data").get(item.get("name").asText())));
            parameters.forEach(parameter -> assertThat(schema.at("/data/" + parameter.index() + "/rule_sets"))
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(strategy.definition().schema().ruleSets(parameter).stream()
                            .map(RuleSet::id)
                            .toList()));
        }
    }

    @Test
    void anUnknownStrategyIs404WithTheNearestName() {
        var schema = client.get("/api/v1/strategies/momentum_puls/schema");
        var defaults = client.get("/api/v1/strategies/momentum_puls/defaults");

        assertThat(schema.status()).isEqualTo(404);
        assertThat(schema.at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(schema.at("/error/suggestion").asText()).startsWith("did you mean momentum_pulse?");
        assertThat(defaults.status()).isEqualTo(404);
    }

    @Test
    void listsSignalsNewestFirstPageByPage() {
        var times = new ArrayList<String>();
        for (var next = "/api/v1/signals?limit=4"; next != null; ) {
            var reply = client.get(next);
            reply.at("/data")
                    .forEach(signal -> times.add(signal.get("timestamp").asText()));
            var cursor = reply.at("/metadata/next");
            next = cursor.isNull() ? null : "/api/v1/signals?limit=4&cursor=" + cursor.asText();
        }

        assertThat(times).hasSize(10).startsWith("2026-02-03T04:05:15Z").endsWith("2026-02-03T04:05:06Z");
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void findsSignalsBySymbolStrategyTimeframeAndAction() {
        var found = client.get("/api/v1/signals?symbol=BTCUSDT&timeframe=4h&strategy=momentum_pulse&action=buy");

        assertThat(found.at("/data")).hasSize(2);
        assertThat(found.at("/data/0/symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(client.get("/api/v1/signals?action=sell").at("/data")).isEmpty();
        assertThat(client.get("/api/v1/signals?symbol=NONEUSDT").at("/data")).isEmpty();
    }

    @Test
    void findsSignalsByTheTimeAtWhichTheyWereSent() {
        var some = client.get("/api/v1/signals?since=2026-02-03T04:05:08Z&until=2026-02-03T05:05:11%2B01:00");

        assertThat(some.at("/data"))
                .extracting(signal -> signal.get("timestamp").asText())
                .containsExactly("2026-02-03T04:05:10Z", "2026-02-03T04:05:09Z", "2026-02-03T04:05:08Z");
        assertThat(some.at("/metadata/source").asText()).isEqualTo("memory");
    }

    @Test
    void anArchiveThatIsNotThereIsNoSource() {
        var reply = client.get("/api/v1/signals?source=mysql");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/message").asText()).isEqualTo("Unknown source: mysql; known: memory");
    }

    @Test
    void tellsWhetherASignalWasSentAndWhyNot() {
        var newest = client.get("/api/v1/signals?limit=2").at("/data");

        assertThat(newest.at("/0/published").asBoolean()).isFalse();
        assertThat(newest.at("/0/withheld").asText()).isEqualTo("max_age");
        assertThat(newest.at("/1/published").asBoolean()).isTrue();
        assertThat(newest.at("/1/withheld").isNull()).isTrue();
        assertThat(newest.at("/1/intent_id")).isEqualTo(newest.at("/1/signal_id"));
    }

    @Test
    void refusesFiltersThatCanMatchNothing() {
        var reply = client.get(
                "/api/v1/signals?strategy=momentum_puls&timeframe=7m&action=buyy&limit=1000000&cursor=x&symbl=A");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(StreamSupport.stream(reply.at("/error/details/errors").spliterator(), false)
                        .map(error -> error.get("field").asText() + " "
                                + error.get("suggested_value").asText()))
                .containsExactlyInAnyOrder(
                        "strategy momentum_pulse",
                        "timeframe null",
                        "action buy",
                        "limit 500",
                        "cursor null",
                        "symbl symbol");
    }

    @Test
    void anUnknownStrategyIsRefusedWithTheKnownOnes() {
        var reply = client.get("/api/v1/signals?strategy=nope");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/message").asText())
                .isEqualTo("Unknown strategy: nope; known: " + String.join(", ", Events.CATALOG.ids()));
        assertThat(reply.at("/error/details/errors/0/allowed/values")).hasSameSizeAs(Events.CATALOG.ids());
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt, BTCUSDT",
        "bTcUsDt, BTCUSDT",
        "BTC-USDT, ",
        "BTC%20USDT, ",
        "BTCS, ",
        "A1234567890123456789USDT,"
    })
    void refusesWhatCanBeNoSymbolAndSuggestsTheSameInUpperCase(String symbol, String suggested) {
        var reply = client.get("/api/v1/signals?symbol=" + symbol);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/message").asText())
                .isEqualTo("symbol must be 5 to 20 upper-case letters and digits, e.g. BTCUSDT");
        assertThat(reply.at("/error/suggestion").textValue())
                .isEqualTo(suggested == null ? null : "use " + suggested + " for symbol");
    }
}
