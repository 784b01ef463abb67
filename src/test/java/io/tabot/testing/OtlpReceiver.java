package io.tabot.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A collector of traces: takes OTLP over HTTP and reads the spans out of its protocol buffers, as far as tests ask. */
public final class OtlpReceiver implements AutoCloseable {
    private static final int OK = 200;

    /** What tests ask of a span; ids in hexadecimal, an empty parent for the first of a trace. */
    public record Span(
            String traceId, String spanId, String parentId, String name, long kind, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> resources = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile int status = OK;

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    public static OtlpReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var receiver = new OtlpReceiver(server);
            server.createContext("/v1/traces", receiver::take);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it answers from now on; spans that it refuses it does not keep. */
    public void answer(int code) {
        status = code;
    }

    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The spans of one trace. */
    public List<Span> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** What the senders say of themselves. */
    public List<Map<String, String>> resources() {
        return List.copyOf(resources);
    }

    /** The values of the header {@code api-key} that came. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (status == OK) {
                keys.addAll(exchange.getRequestHeaders().getOrDefault("api-key", List.of()));
                new Message(body).messages(1).forEach(this::resource);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void resource(Message message) {
        message.messages(1).forEach(resource -> resources.add(attributes(resource, 1)));
        message.messages(2).forEach(scope -> scope.messages(2).forEach(span -> spans.add(span(span))));
    }

    private static Span span(Message span) {
        return new Span(span.hex(1), span.hex(2), span.hex(4), span.text(5), span.number(6), attributes(span, 9));
    }

    private static Map<String, String> attributes(Message of, int field) {
        var attributes = new LinkedHashMap<String, String>();
        of.messages(field).forEach(pair -> {
            var value = pair.messages(2).getFirst();
            var text = value.text(1);
            attributes.put(pair.text(1), text.isEmpty() ? Long.toString(value.number(3)) : text);
        });
        return attributes;
    }

    /** The fields of one message of protocol buffers. */
    private static final class Message {
        private final Map<Integer, List<Object>> fields = new LinkedHashMap<>();

        private Message(byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                var tag = (int) varint(buffer);
                fields.computeIfAbsent(tag >>> 3, _ -> new ArrayList<>()).add(value(tag & 7, buffer));
            }
        }

        private static Object value(int type, ByteBuffer buffer) {
            return switch (type) {
                case 0 -> varint(buffer);
                case 1 -> buffer.getLong();
                case 2 -> {
                    var bytes = new byte[(int) varint(buffer)];
                    buffer.get(bytes);
                    yield bytes;
                }
                case 5 -> (long) buffer.getInt();
                default -> throw new IllegalStateException("no such type of field: " + type);
            };
        }

        private static long varint(ByteBuffer buffer) {
            var value = 0L;
            for (var shift = 0; ; shift += 7) {
                var next = buffer.get();
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<Message> messages(int field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(value -> new Message((byte[]) value))
                    .toList();
        }

        String text(int field) {
            return first(field) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        }

        String hex(int field) {
            return first(field) instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "";
        }

        long number(int field) {
            return first(field) instanceof Long number ? number : 0;
        }

        private @Nullable Object first(int field) {
            var values = fields.get(field);
            return values == null ? null : values.getFirst();
        }
    }
}
