package io.tabot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Where the API is to listen. Tried before anything else is begun: what has joined a cluster must leave it again. */
final class ApiAddress {
    private final HttpSettings http;

    ApiAddress(HttpSettings http) {
        this.http = http;
    }

    /** @throws StartException if somebody listens there, or it is not of this machine */
    void check() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(http.host(), http.port()));
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Somebody else may have been faster after the check. */
    StartException refused(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        var address = http.host() + ":" + http.port();
        return new StartException(
                cause != null && (cause instanceof BindException || cause.getCause() instanceof BindException)
                        ? "the address " + address + " can't be used: it is taken, or not of this machine;"
                                + " choose another with TABOT_HTTP_PORT or TABOT_HTTP_HOST"
                        : "the API can't be started on " + address + ": " + cause);
    }
}
