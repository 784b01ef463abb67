package io.tabot.http;

import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** Says over a socket what a well-behaved client library would not. */
final class RawHttp {
    /** The status and the body of an answer. */
    record Reply(int status, String head, String body) {
        HttpHeaders headers() {
            var pairs = head.lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.groupingBy(pair -> pair[0], Collectors.mapping(pair -> pair[1], toList())));
            return HttpHeaders.of(pairs, (_, _) -> true);
        }
    }

    private RawHttp() {}

    static Reply post(int port, String path, String json, String... headerLines) {
        var body = json.replace('\'', '"');
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n");
        for (var line : headerLines) {
            head.append(line).append("\r\n");
        }
        var reply = send(port, head + "\r\n" + body);
        ApiContract.hold(new ApiContract.Exchange("POST", path, reply.status(), reply.headers(), reply.body()));
        return reply;
    }

    /** The server is to close the connection after its answer. */
    static Reply send(int port, String request) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var split = answer.indexOf("\r\n\r\n");
            return new Reply(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, split), answer.substring(split + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
