package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that follow a stream, which here ends in every way there is. */
class WatchCommandsTest {
    private static final String OPEN = "event: open\ndata: {\"after\":\"3\",\"head\":\"3\"}\n\n";
    private static final String COMPLETE = "event: end\ndata: {\"reason\":\"complete\"}\n\n";

    private record Script(int status, String body) {}

    private final Deque<Script> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void tearDown() {
        server.stop(0);
    }

    @Test
    void goesOnWhereItWasWhenTheStreamEnds() {
        script(200, OPEN + change(4) + "event: end\ndata: {\"reason\":\"slow_reader\",\"resume_from\":\"4\"}\n\n");
        script(503, "{}");
        script(200, ":\nid: 6\n\n");
        script(200, change(7) + COMPLETE);

        var run = Cli.run("config", "watch", "--strategy", "momentum_pulse", "--url", url());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("revision 4 at 2026-01-01T00:00:00Z by ops-7: calmer", "max_positions  10      3")
                .contains("revision 7 at");
        assertThat(requests)
                .containsExactly(
                        "/api/v1/config/stream?strategy=momentum_pulse ",
                        "/api/v1/config/stream?strategy=momentum_pulse 4",
                        "/api/v1/config/stream?strategy=momentum_pulse 4",
                        "/api/v1/config/stream?strategy=momentum_pulse 6");
    }

    @Test
    void goesOnFromTheBeginningOfAStreamThatHadNothingToTell() {
        script(200, OPEN);
        script(200, COMPLETE);

        Cli.run("config", "watch", "--url", url());

        assertThat(requests).containsExactly("/api/v1/config/stream ", "/api/v1/config/stream 3");
    }

    @Test
    void namesWhatIsMissing() {
        script(200, "event: gap\ndata: {\"after\":\"1\",\"up_to\":\"9\",\"reason\":\"away\"}\n\n" + COMPLETE);

        var run = Cli.run("config", "watch", "--since", "1", "--no-follow", "--url", url());

        assertThat(run.err()).isEqualTo("ta-bot: missing: what came after 1 up to 9: away\n");
        assertThat(requests).containsExactly("/api/v1/config/stream?follow=false 1");
    }

    @Test
    void endsWhereNoStreamIsToBeHad() {
        script(401, "{\"error\":\"UNAUTHORIZED\"}");
        var refused = Cli.run("config", "watch", "--url", url());
        script(503, "{}");
        var away = Cli.run("watch-signals", "--url", url());
        script(200, "event: end\ndata: {\"reason\":\"access\",\"message\":\"the token is gone\"}\n\n");
        var revoked = Cli.run("watch-signals", "--url", url());

        assertThat(List.of(refused, away, revoked)).extracting(Cli::exitCode).containsOnly(1);
        assertThat(refused.err()).contains("answers 401");
        assertThat(revoked.err()).isEqualTo("ta-bot: the token is gone\n");
    }

    @Test
    void printsSignalsInALineOrAsTheyCame() {
        var signal = "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"symbol\":\"BTCUSDT\",\"timeframe\":\"4h\","
                + "\"action\":\"buy\",\"strategy_id\":\"momentum_pulse\",\"price\":50000.5,\"confidence\":0.7,"
                + "\"withheld\":\"max_age\"}";
        script(200, "id: 9\nevent: signal\ndata: " + signal + "\n\n" + COMPLETE);
        var line = Cli.run("watch-signals", "--symbol", "BTCUSDT", "--url", url());
        script(200, "id: 9\nevent: signal\ndata: " + signal + "\n\n" + COMPLETE);
        var json = Cli.run("watch-signals", "--json", "--url", url());

        assertThat(line.out())
                .isEqualTo("2026-01-01T00:00:00Z BTCUSDT 4h buy momentum_pulse at 50000.5 confidence 0.70,"
                        + " withheld: max_age\n");
        assertThat(json.out()).isEqualTo(signal + "\n");
    }

    private void script(int status, String body) {
        answers.add(new Script(status, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var lastId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        requests.add(exchange.getRequestURI() + " " + (lastId == null ? "" : lastId));
        var script = answers.remove();
        exchange.sendResponseHeaders(script.status(), 0);
        try (var body = exchange.getResponseBody()) {
            body.write(script.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String change(int revision) {
        return "id: " + revision + "\nevent: change\ndata: {\"revision\":" + revision
                + ",\"changed_at\":\"2026-01-01T00:00:00Z\",\"changed_by\":\"ops-7\",\"actor\":null,"
                + "\"reason\":\"calmer\",\"documents\":[{\"document\":\"application\",\"fields\":[{\"field\":"
                + "\"max_positions\",\"before\":10,\"after\":3,\"added\":[],\"removed\":[]}]}]}\n\n";
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
