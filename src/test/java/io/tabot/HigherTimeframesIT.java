package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.tabot.config.ConfigState;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.signal.SignalJson;
import io.tabot.testing.Aggregates;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.Events;
import io.tabot.testing.NatsServer;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is configured for 15m alone, and a strategy on it that looks at 1h and 4h. */
class HigherTimeframesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final List<Timeframe> HIGHER = List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS);
    private static final long SEED = 4;
    private static final List<Candle> CANDLES = RegimeCandles.of(SEED, BASE, 0.004, 4860);

    /** From here on under the corrected rules, and from there on after a restart. */
    private static final int CORRECTED = 4500;

    private static final int RESTARTED = 4810;
    private static final Map<String, Object> CHANGE =
            Map.of("rule_set", "corrected", "enabled_strategies", List.of("multi_timeframe_trend_continuation"));

    @TempDir
    Path home;

    private record Message(Timeframe timeframe, Candle candle) {
        long closeTime() {
            return timeframe.closeTime(candle.openTime());
        }

        byte[] body() {
            return JSON.createObjectNode()
                    .put("open_time", candle.openTime())
                    .put("open", candle.open())
                    .put("high", candle.high())
                    .put("low", candle.low())
                    .put("close", candle.close())
                    .put("volume", candle.volume())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysWhatAFileOf15MinutesSays() throws Exception {
        var settings = new HashMap<String, String>();
        try (var server = NatsServer.running();
                var traffic = new CandleTraffic(server)) {
            settings.putAll(CandleTraffic.settings(server));
            settings.put("SUPPORTED_SYMBOLS", BTCUSDT.name());
            settings.put("SUPPORTED_TIMEFRAMES", BASE.id());
            try (var service = ServiceProcess.ready(home, settings)) {
                traffic.awaitService();
                publish(traffic, 0, CORRECTED);
                traffic.awaitAllDealtWith();
                change(service);
                publish(traffic, CORRECTED, RESTARTED);
                traffic.awaitAllDealtWith();
                assertThat(missing(service)).isZero();
                assertThat(service.metric("ta_bot_candles_in_total", "timeframe=\"1h\""))
                        .isZero();
                service.kill();
            }
            try (var service = ServiceProcess.ready(home, settings)) {
                publish(traffic, RESTARTED, CANDLES.size());
                traffic.awaitAllDealtWith();
                assertThat(missing(service)).isZero();
            }

            var signals = traffic.signals().stream()
                    .filter(signal -> signal.revision() == 2)
                    .map(Stored::signal)
                    .toList();
            var expected = expected();
            assertThat(signals).isEqualTo(expected);
            assertThat(expected)
                    .extracting(
                            signal -> signal.path("metadata").path("open_time").asText())
                    .anyMatch(openTime -> openTime.compareTo(openTime(RESTARTED)) < 0)
                    .anyMatch(openTime -> openTime.compareTo(openTime(RESTARTED)) >= 0);
            System.out.println("HigherTimeframesIT: seed " + SEED + ", " + signals.size() + " signals as from a file");
        }
    }

    /** By the time at which they close, those of one instant in any order. */
    private static void publish(CandleTraffic traffic, int from, int to) throws IOException, JetStreamApiException {
        var first = BASE.closeTime(CANDLES.get(from).openTime());
        var last = BASE.closeTime(CANDLES.get(to - 1).openTime());
        var higher = HIGHER.stream()
                .flatMap(timeframe ->
                        Aggregates.of(CANDLES, BASE, timeframe).stream().map(candle -> new Message(timeframe, candle)));
        var messages = new ArrayList<>(Stream.concat(CANDLES.stream().map(candle -> new Message(BASE, candle)), higher)
                .filter(message -> first <= message.closeTime() && message.closeTime() <= last)
                .toList());
        Collections.shuffle(messages, new Random(SEED));
        messages.sort((a, b) -> Long.compare(a.closeTime(), b.closeTime()));
        for (var message : messages) {
            var subject = "candles." + BTCUSDT + "." + message.timeframe();
            traffic.client().jetStream().publish(subject, message.body());
        }
    }

    private static void change(ServiceProcess service) throws IOException {
        var body = new HashMap<>(CHANGE);
        body.put("changed_by", "tester");
        var answer = service.post("/api/v1/config/application", body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> service.metric("ta_bot_config_applied_revision", "") >= 2);
    }

    private static double missing(ServiceProcess service) {
        return service.metric("ta_bot_higher_candles_missing_total", "");
    }

    private static String openTime(int index) {
        return Instant.ofEpochMilli(CANDLES.get(index).openTime()).toString();
    }

    private static List<JsonNode> expected() throws IOException {
        var state = state();
        var config = state.effective(Events.CATALOG, BTCUSDT);
        var engine = new SignalEngine(CandleTraffic.ENVIRONMENT);
        var window = new CandleWindow(300);
        var higher = new AggregatedCandles(BASE, HIGHER);
        var views = new CandleViews(window.newest(250), window.newest(300), higher);
        var signals = new ArrayList<JsonNode>();
        for (var i = 0; i < CANDLES.size(); i++) {
            window.insert(CANDLES.get(i));
            higher.add(CANDLES.get(i));
            if (i >= CORRECTED) {
                for (var signal : engine.evaluate(BTCUSDT, BASE, views, config, Rejections.IGNORED)) {
                    signals.add(JSON.readTree(SignalJson.bytes(signal, null)));
                }
            }
        }
        return signals;
    }

    private static ConfigState state() {
        var first = SignalOracle.first(CandleTraffic.ENVIRONMENT, List.of(BTCUSDT.name()), List.of(BASE.id()));
        return SignalOracle.after(first, CHANGE);
    }
}
