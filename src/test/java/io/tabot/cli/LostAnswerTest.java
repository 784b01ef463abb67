package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands about the configuration, where the service or the terminal goes away in between. */
class LostAnswerTest {
    private HttpServer server;
    private volatile HttpHandler handler = HttpExchange::close;

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> handler.handle(exchange));
        server.start();
    }

    @AfterEach
    void tearDown() {
        server.stop(0);
    }

    @Test
    void saysThatAChangeWithoutAnAnswerMayHaveBeenMade() {
        var run = Cli.run("config", "set", "application", "paused=true", "--url", url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("may have been made or not", "--idempotency-key")
                .hasLineCount(1);
    }

    @Test
    void aReadWithoutAnAnswerIsJustThat() {
        var run = Cli.run("config", "get", "--url", url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("ta-bot: no answer came from " + url()).doesNotContain("made");
    }

    @Test
    void anotherProgramAtTheAddressIsToldApart() {
        handler = exchange -> answer(exchange, "<html>hello</html>");

        var run = Cli.run("config", "get", "--url", url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("ta-bot: " + url() + " answers 200, and not as a ta-bot does\n");
    }

    @Test
    void aLimitIsToldOnceWithWhatToDo() {
        handler = exchange -> answer(exchange, """
                {"success":false,"error":{"code":"RATE_LIMITED","message":"too many","details":{"retry_after":36},
                "suggestion":"try again in 36 s"}}""");

        var run = Cli.run("config", "set", "application", "paused=true", "--url", url());

        assertThat(run.err()).isEqualTo("ta-bot: refused (200 RATE_LIMITED): too many\n    try: again in 36 s\n");
    }

    @Test
    void anExportThatCannotBeWrittenDoesNotEndWell() {
        handler = exchange -> answer(exchange, "{\"success\":true,\"data\":{}}");
        var full = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        var run = Cli.run(Map.of(), full, "config", "export", "--url", url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("standard output can't be written: No space left");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
