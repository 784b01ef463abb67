package io.tabot.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads the text messages of a WebSocket. */
public final class SocketReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int WAIT_SECONDS = 20;
    private static final String CLOSED = "(closed)";

    private final BlockingQueue<String> messages;
    private final WebSocket socket;

    private SocketReader(BlockingQueue<String> messages, WebSocket socket) {
        this.messages = messages;
        this.socket = socket;
    }

    /** @param address with http, as for any other request */
    public static SocketReader open(String address, String... headers) {
        var messages = new LinkedBlockingQueue<String>();
        var builder = HTTP.newWebSocketBuilder();
        for (var i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        var uri = URI.create(address.replaceFirst("^http", "ws"));
        return new SocketReader(
                messages, builder.buildAsync(uri, new Listener(messages)).join());
    }

    public String next() {
        try {
            return Objects.requireNonNull(messages.poll(WAIT_SECONDS, TimeUnit.SECONDS), "no message came in time");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message that does not have this in it. */
    public String nextUnlike(String part) {
        var message = next();
        while (message.contains(part)) {
            message = next();
        }
        return message;
    }

    /** Everything until it is closed from the other side. */
    public List<String> rest() {
        var taken = new ArrayList<String>();
        for (var message = next(); !message.equals(CLOSED); message = next()) {
            taken.add(message);
        }
        return taken;
    }

    public void say(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> messages;
        private final StringBuilder text = new StringBuilder();

        Listener(BlockingQueue<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            messages.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            messages.add(CLOSED);
        }
    }
}
