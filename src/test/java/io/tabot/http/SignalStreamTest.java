package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.testing.EventReader;
import io.tabot.testing.Events;
import io.tabot.testing.Signals;
import io.tabot.testing.TestCluster;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of one node's signals, where none are kept elsewhere, as server-sent events. */
class SignalStreamTest {
    private static final String STREAM = "/api/v1/signals/stream";
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final int MANY = 1_000;

    @TempDir
    Path folder;

    private RunningApi running;

    @BeforeEach
    void start() {
        running = RunningApi.start(
                folder, RunningApi.settings().with(new StreamSettings(MANY + 10, Duration.ofSeconds(1))));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void tellsEachSignalAsItIsListedAndThatItIsOneNodesOnly() {
        try (var reader = EventReader.open(running.address() + STREAM)) {
            var opening = Client.json(reader.next().data());
            var withheld = Publication.withheld(
                    Signals.buy("momentum_pulse", BTC, Timeframe.FOUR_HOURS, 7), Publication.MAX_AGE);
            running.signals.add(withheld, Events.START);
            running.liveSignals.add(List.of(withheld), Events.START);
            var signal = reader.next();

            assertThat(opening.at("/source").asText()).isEqualTo("memory");
            assertThat(opening.at("/scope").asText()).isEqualTo("node");
            assertThat(signal.name()).isEqualTo("signal");
            assertThat(signal.id()).isEqualTo("0-1");
            assertThat(Client.json(signal.data()))
                    .isEqualTo(running.client().get("/api/v1/signals").at("/data/0"));
        }
    }

    @Test
    void leavesOutWhatIsNotWanted() {
        add(BTC, Timeframe.FOUR_HOURS, 1);
        add(ETH, Timeframe.FOUR_HOURS, 2);
        add(ETH, Timeframe.FIVE_MINUTES, 3);
        var query = "?since=0&follow=false&symbol=ETHUSDT&timeframe=4h&action=buy&strategy=momentum_pulse";
        try (var reader = EventReader.open(running.address() + STREAM + query)) {
            var events = reader.rest();

            assertThat(events).extracting(EventReader.Event::name).containsExactly("open", "signal", "end");
            assertThat(events.get(1).id()).isEqualTo("0-2");
        }
    }

    @Test
    void goesOnAfterTheLastOneThatIsKnown() {
        for (var number = 1; number <= 5; number++) {
            add(BTC, Timeframe.FOUR_HOURS, number);
        }
        try (var reader = EventReader.open(running.address() + STREAM, "Last-Event-ID", "0-3")) {
            reader.next();

            assertThat(reader.next(2)).extracting(EventReader.Event::id).containsExactly("0-4", "0-5");
        }
    }

    @Test
    void namesTheGapToAnotherProcess() {
        add(BTC, Timeframe.FOUR_HOURS, 1);
        try (var reader = EventReader.open(running.address() + STREAM + "?since=1700000000000-17")) {
            reader.next();

            assertThat(reader.next().name()).isEqualTo("gap");
            assertThat(reader.next().id()).isEqualTo("0-1");
        }
    }

    @Test
    void refusesFiltersThatNothingCanMatch() {
        for (var query : List.of("symbol=btc", "strategy=nope", "timeframe=7m", "action=wait", "since=now")) {
            assertThat(running.client().get(STREAM + "?" + query).status())
                    .as(query)
                    .isEqualTo(422);
        }
    }

    @Test
    void dropsASlowReaderOfASocketWhileAFastOneGetsAll() throws Exception {
        try (var fast = EventReader.open(running.address() + STREAM);
                var slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress("127.0.0.1", running.port()));
            slow.getOutputStream()
                    .write(("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            fast.next();
            TestCluster.eventually(
                    () -> running.client().get("/metrics").text(),
                    text -> text.contains("ta_bot_streams_open{kind=\"signals\"} 2.0"));
            var count = 0;
            while (!isSlowReaderDropped()) {
                for (var i = 0; i < 500; i++) {
                    add(BTC, Timeframe.FOUR_HOURS, ++count);
                }
                assertThat(fast.next(500).getLast().id()).isEqualTo("0-" + count);
            }
            var last = "";
            var lines = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            for (var line = lines.readLine(); !line.startsWith("event: end"); line = lines.readLine()) {
                last = line.startsWith("id: ") ? line.substring(4) : last;
            }
            var end = Client.json(lines.readLine().substring("data: ".length()));

            assertThat(end.at("/reason").asText()).isEqualTo("slow_reader");
            assertThat(end.at("/resume_from").asText()).isEqualTo(last);
        }
    }

    private boolean isSlowReaderDropped() {
        return running.metrics
                        .registry()
                        .get("ta_bot_streams_ended")
                        .tags("kind", "signals", "reason", "slow_reader")
                        .counter()
                        .count()
                == 1;
    }

    @Test
    void aThousandIdleReadersGetTheNextSignal() throws Exception {
        var readers = new ArrayList<HttpClient>();
        var lines = new ArrayList<java.util.Iterator<String>>();
        // One client would open one connection after the other as well; ten are quicker.
        for (var i = 0; i < 10; i++) {
            readers.add(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
        }
        var request =
                HttpRequest.newBuilder(URI.create(running.address() + STREAM)).build();
        for (var i = 0; i < MANY; i++) {
            var answer = readers.get(i % readers.size()).send(request, BodyHandlers.ofLines());
            lines.add(answer.body().iterator());
        }
        add(BTC, Timeframe.FOUR_HOURS, 1);

        assertThat(lines)
                .allSatisfy(each -> assertThat(firstData(each, "event: signal")).contains("BTCUSDT"));
        assertThat(running.client().get("/metrics").text())
                .contains("ta_bot_streams_open{kind=\"signals\"} " + MANY + ".0")
                .contains("ta_bot_streams_events_total{kind=\"signals\"} " + MANY + ".0");
        readers.forEach(HttpClient::shutdownNow);
    }

    private static String firstData(java.util.Iterator<String> lines, String event) {
        while (!lines.next().equals(event)) {
            // Frames of other kinds come first.
        }
        return lines.next();
    }

    private void add(Symbol symbol, Timeframe timeframe, int number) {
        var signal = Signals.buy("momentum_pulse", symbol, timeframe, number);
        running.liveSignals.add(List.of(Publication.sent(signal)), Events.START);
    }
}
