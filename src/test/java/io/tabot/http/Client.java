package io.tabot.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.function.Supplier;

/** Speaks to a running API as any program would, and holds each answer to the document: {@link ApiContract}. */
final class Client {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer, with its body as JSON where it is JSON. */
    record Reply(int status, HttpHeaders headers, String text) {
        JsonNode json() {
            return Client.json(text);
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    private final Supplier<String> base;
    private final boolean isHeld;

    /** @param base the address that paths go behind */
    Client(Supplier<String> base) {
        this(base, true);
    }

    private Client(Supplier<String> base, boolean isHeld) {
        this.base = base;
        this.isHeld = isHeld;
    }

    /** The same for an API that is set to answer otherwise than the document says. */
    Client notHeld() {
        return new Client(base, false);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** JSON with single quotes, so that it can be read in a test. */
    Reply post(String path, String json, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send("POST", path, json.replace('\'', '"'), all);
    }

    Reply send(String method, String path, String body, String... headers) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return send(HttpRequest.newBuilder().method(method, publisher), path, headers);
    }

    Reply send(HttpRequest.Builder request, String path, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.uri(URI.create(base.get() + path)).build(), BodyHandlers.ofString());
            var reply = new Reply(response.statusCode(), response.headers(), response.body());
            if (isHeld) {
                ApiContract.hold(new ApiContract.Exchange(
                        response.request().method(), path, reply.status(), reply.headers(), reply.text()));
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
