package io.tabot.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Host;

/**
 * Keeps an API without access tokens from being used through somebody's browser. A page of another site may send
 * requests here, but it can't hide its origin, and a name that it has pointed at this machine shows in the host.
 */
final class ChangeGuard {
    private final boolean insecure;
    private final boolean hasTokens;

    /**
     * @param insecure whether callers that reach this API under another name are meant to
     * @param hasTokens whether callers show a token, which no page of another site has
     */
    ChangeGuard(boolean insecure, boolean hasTokens) {
        this.insecure = insecure;
        this.hasTokens = hasTokens;
    }

    /** Why the request may change nothing, or nothing. */
    Optional<Problem> refusal(HttpRequest request) {
        return hasTokens ? Optional.empty() : fromElsewhere(request);
    }

    /**
     * Why the request may open no WebSocket, or nothing. A page of another site can't read our other answers, but
     * nothing keeps it from reading a WebSocket; what is no browser names no origin.
     */
    Optional<Problem> refusalOfSocket(HttpRequest request) {
        return request.getHeader("Origin").isEmpty() || refusal(request).isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ErrorCode.FORBIDDEN, "WebSockets are not opened by pages of another origin or host"));
    }

    private Optional<Problem> fromElsewhere(HttpRequest request) {
        var host = request.getHeader(Host.class);
        if (!insecure && host.filter(ChangeGuard::isLoopback).isEmpty()) {
            return Optional.of(Problem.of(
                    ErrorCode.FORBIDDEN,
                    "without access tokens, changes are taken on this machine only",
                    "call 127.0.0.1 or localhost"));
        }
        var isForeign = request.getHeader("Origin")
                .filter(origin -> host.filter(own -> isOf(own, origin)).isEmpty())
                .isPresent();
        return isForeign
                ? Optional.of(Problem.of(ErrorCode.FORBIDDEN, "changes are not taken from pages of another origin"))
                : Optional.empty();
    }

    private static boolean isLoopback(Host host) {
        var name = host.host().address();
        if (name.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException notALiteral) {
            return false;
        }
    }

    private static boolean isOf(Host own, HttpHeader origin) {
        var authority = own.value();
        return origin.value().equalsIgnoreCase("http://" + authority)
                || origin.value().equalsIgnoreCase("https://" + authority);
    }
}
