package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.testing.Signals;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the document to the service: every path is routed, every example is what a caller really gets. */
class OpenApiTest {
    @TempDir
    static Path folder;

    private static final OpenApi api = OpenApi.read();
    private static final String APPLICATION = "/api/v1/config/application";
    private static final Pattern ABROAD = Pattern.compile("(?:src|href|url)\\s*[=:(]\\s*[\"']?(?:https?:)?//");

    /** Parts of the page, not of the API. */
    private static final Set<String> UNDOCUMENTED = Set.of("/docs/", "/docs/{file}");

    @RegisterExtension
    static final ServedApi served =
            new ServedApi(folder -> RunningApi.start(folder, RunningApi.settings(), "production"));

    @RegisterExtension
    static final ServedApi guarded = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access()), "production"));

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        change(11);
        change(12);
        var signal = Signals.buy("momentum_pulse", new Symbol("BTCUSDT"), Timeframe.FOUR_HOURS, 1);
        var other = Signals.under(2, Signals.buy("momentum_pulse", new Symbol("ETHUSDT"), Timeframe.FOUR_HOURS, 2));
        served.running().signals.add(Publication.sent(other), Instant.parse("2026-02-03T04:05:06.123456Z"));
        served.running().signals.add(Publication.sent(signal), Instant.parse("2026-02-03T04:05:06.123456Z"));
        served.running().signals.add(Publication.sent(signal), Instant.parse("2026-02-03T04:05:06.123456Z"));
    }

    static List<OpenApi.Example> examples() {
        return api.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsWhatACallerGets(OpenApi.Example example) {
        var reply = execute(example);

        assertThat(reply.status()).as(reply.text()).isEqualTo(example.status());
        assertThat(shape(reply.json())).isEqualTo(shape(example.value()));
        assertThat(reply.at("/error/code")).isEqualTo(example.value().at("/error/code"));
        assertThat(SchemaCheck.findings(api, example.schema(), reply.json())).isEmpty();
        assertThat(SchemaCheck.findings(api, example.schema(), example.value())).isEmpty();
    }

    @Test
    void everyRequestExampleHasItsAnswer() {
        assertThat(api.unanswered()).isEmpty();
        assertThat(api.examples()).hasSizeGreaterThan(40);
    }

    @Test
    void everyDocumentedPathIsRoutedAndEveryRouteIsDocumented() {
        var documented = api.methods();
        var routed = new TreeSet<>(served.running().api.templates());
        routed.removeAll(UNDOCUMENTED);

        assertThat(documented.keySet()).isEqualTo(routed);
        documented.forEach((path, methods) -> {
            var refused = client.send(
                    "PATCH",
                    path.replace("{strategy_id}", "momentum_pulse")
                            .replace("{symbol}", "BTCUSDT")
                            .replace("{logger}", "ROOT")
                            .replace("{intent_id}", "0".repeat(32)),
                    null);
            var allowed =
                    new TreeSet<>(List.of(refused.header("Allow").orElse("").split(", ")));
            allowed.remove("HEAD");
            assertThat(allowed).as(path).isEqualTo(methods);
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(api.document().findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                api.document().at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void theDocumentIsServedAsItIs() {
        var reply = client.get("/openapi.json");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(api.document());
    }

    @Test
    void thePageForPeopleNeedsNoOtherHost() {
        var page = client.get("/docs");
        var parts = List.of("swagger-ui.css", "swagger-ui-bundle.js", "init.js", "page.css", "favicon-32x32.png");

        assertThat(page.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
        assertThat(ABROAD.matcher(page.text()).find()).isFalse();
        assertThat(ABROAD.matcher(client.get("/docs/init.js").text()).find()).isFalse();
        assertThat(parts)
                .allSatisfy(part -> assertThat(client.get("/docs/" + part).status())
                        .as(part)
                        .isEqualTo(200));
        assertThat(client.get("/docs/../openapi.json").status()).isIn(200, 404);
        assertThat(client.get("/docs/%2e%2e%2fapplication.conf").status()).isEqualTo(404);
        assertThat(client.get("/docs/").status()).isEqualTo(308);
        assertThat(client.get("/docs/").header("Location")).contains("../docs");
    }

    private static Client.Reply execute(OpenApi.Example example) {
        return switch (example.given()) {
            case "journal away" -> withoutJournal(() -> send(example));
            case "journal away and a change unconfirmed" ->
                withoutJournal(() -> {
                    change(13);
                    return send(example);
                });
            case "requested before" -> {
                send(example);
                yield send(example);
            }
            case "key used for another request" -> {
                client.post(APPLICATION, "{'max_positions': 50, 'changed_by': 'ops'}", "Idempotency-Key", "c9a1");
                yield send(example);
            }
            case "changed before" -> {
                change(20);
                change(15);
                yield send(example);
            }
            case "tokens", "agent at its limit" -> guarded(example);
            case "a journal that went back in time" -> afterTimeTravel(example);
            case "starting", "dead" -> {
                served.running().switches.serves = !example.given().equals("starting");
                served.running().switches.isAlive = !example.given().equals("dead");
                yield restored(send(example));
            }
            case "", "signals" -> prepared(example);
            default -> executeOnStrategies(example);
        };
    }

    private static Client.Reply executeOnStrategies(OpenApi.Example example) {
        return switch (example.given()) {
            case "layers", "layers changed" -> {
                layers(example.given().equals("layers") ? List.of(3) : List.of(3, 4, 5));
                yield send(example);
            }
            case "registered" -> {
                register("golden_trend_sync");
                register("bollinger_breakout_signals");
                yield send(example);
            }
            case "candles that can't be read" -> {
                served.running().switches.candles = (symbol, timeframe, openTime, count) ->
                        CompletableFuture.failedStage(new IllegalStateException("away"));
                yield restored(send(example));
            }
            case "a backtest that runs" -> restored(whileOneRuns(() -> send(example)));
            default -> throw new IllegalStateException("nobody knows how to come by: " + example.given());
        };
    }

    private static Client.Reply afterTimeTravel(OpenApi.Example example) {
        try (var running = RunningApi.start(folder, RunningApi.settings(), "production")) {
            running.goBackInTime();
            return send(running.client(), example);
        }
    }

    /** Where there are access tokens. */
    private static Client.Reply guarded(OpenApi.Example example) {
        var changes = example.given().equals("tokens") ? 0 : Holders.AGENT_LIMIT;
        for (var number = 0; number < changes; number++) {
            guarded.client().post(APPLICATION, "{'max_positions': " + (40 + number) + "}", Holders.AGENT.headers());
        }
        return send(guarded.client(), example);
    }

    /** What a change example starts from is a configuration that it changes. */
    private static Client.Reply prepared(OpenApi.Example example) {
        if (example.method().equals("POST")) {
            client.post(
                    APPLICATION,
                    "{'min_confidence': 0.6, 'paused': false, 'rule_set': 'python', 'symbols': ['BTCUSDT', 'ETHUSDT'],"
                            + " 'changed_by': 'ops'}");
            change(20);
            change(15);
        }
        return send(example);
    }

    /** Sets parameters of a strategy that no other example is about, on every symbol and on one. */
    private static void layers(List<Integer> rsiPeriods) {
        var path = "/api/v1/strategies/rsi_extreme_reversal/config";
        rsiPeriods.forEach(period -> {
            client.post(
                    path,
                    "{'parameters': {'rsi_period': " + period + ", 'oversold_threshold': 30, 'extreme_threshold': null,"
                            + " 'enabled': true}, 'changed_by': 'ops-7', 'reason': 'calmer'}");
            client.post(
                    path + "/ETHUSDT",
                    "{'parameters': {'rsi_period': " + 2 * period + ", 'oversold_threshold': null}, 'changed_by':"
                            + " 'ops-7', 'reason': 'slower here'}");
        });
    }

    /** Refused where the life has begun already, which is just as well. */
    private static void register(String strategyId) {
        client.post(
                "/api/v1/strategies/" + strategyId + "/lifecycle/transition",
                "{'to_state': 'registered', 'transitioned_by': 'ops-7'}");
    }

    private static Client.Reply withoutJournal(java.util.function.Supplier<Client.Reply> request) {
        served.running().voter.goAway();
        try {
            return request.get();
        } finally {
            served.running().voter.comeBack();
            Predicate<Client.Reply> isTaken = reply -> reply.status() == 200;
            TestCluster.eventually(
                    () -> client.post(APPLICATION, "{'max_positions': 14, 'changed_by': 'ops'}"), isTaken);
        }
    }

    private static Client.Reply whileOneRuns(java.util.function.Supplier<Client.Reply> request) {
        var hold = served.running().switches.holdCandles();
        var running = CompletableFuture.supplyAsync(request);
        hold.asked().join();
        var reply = request.get();
        hold.candles().complete(List.of());
        running.join();
        return reply;
    }

    private static Client.Reply restored(Client.Reply reply) {
        served.running().switches.serves = true;
        served.running().switches.isAlive = true;
        served.running().switches.candles = RunningApi::recorded;
        return reply;
    }

    private static Client.Reply send(OpenApi.Example example) {
        return send(client, example);
    }

    /** A holder's name in angle brackets stands for the holder's token. */
    private static Client.Reply send(Client client, OpenApi.Example example) {
        var headers = example.headers().entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), Holders.fill(header.getValue())))
                .toArray(String[]::new);
        return client.send(example.method(), example.path(), example.body(), headers);
    }

    private static void change(int maxPositions) {
        client.post(APPLICATION, "{'max_positions': " + maxPositions + ", 'changed_by': 'ops-7', 'reason': 'prepare'}");
    }

    /** Names and types without the values; of a list, its first item. */
    private static Object shape(JsonNode value) {
        if (value.isObject()) {
            var fields = new java.util.TreeMap<String, Object>();
            value.properties().forEach(field -> fields.put(field.getKey(), shape(field.getValue())));
            return fields;
        }
        if (value.isArray()) {
            return value.isEmpty() ? List.of() : List.of(shape(value.get(0)));
        }
        return value.isNumber() ? "number" : value.getNodeType().name();
    }
}
