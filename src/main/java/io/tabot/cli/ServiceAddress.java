package io.tabot.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running service that a command speaks to: the one that the same settings would start, unless told another. */
final class ServiceAddress {
    /** What commands know of where they run. */
    record Surroundings(Map<String, String> environment, Function<@Nullable Path, Settings> settings) {
        Supplier<Settings> ownSettings() {
            return () -> settings.apply(null);
        }
    }

    private static final String TOKEN_VARIABLE = "TABOT_TOKEN";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Beyond what the service itself takes for an answer. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String MAYBE_DONE =
            ", so the change may have been made or not (with the same --idempotency-key it can be sent again)";

    /** Not closed: that would wait for a body that is still being read. It ends with the command. */
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    private final Surroundings surroundings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service, e.g. http://127.0.0.1:8000. Default: host and port of the settings.")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds an access token and nothing else, for a service that asks for one."
                    + " Default: the variable " + TOKEN_VARIABLE + ".")
    private @Nullable Path tokenFile;

    ServiceAddress(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The body of an answer of 200; anything else is told as the service tells it. */
    InputStream get(String path) {
        var answer = send(path, request -> request, BodyHandlers.ofInputStream());
        if (answer.statusCode() == OK) {
            return answer.body();
        }
        throw new UserError(refusal(answer));
    }

    private String refusal(HttpResponse<InputStream> answer) {
        try (var body = answer.body()) {
            var text = new String(body.readNBytes(500), StandardCharsets.UTF_8);
            return base() + " answers " + answer.statusCode() + ": " + text;
        } catch (IOException e) {
            return base() + " answers " + answer.statusCode() + ", cut short: " + e;
        }
    }

    /** The service does not answer, or can't take this now. */
    static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }
    }

    /**
     * A stream of events, which has no end of its own.
     *
     * @param lastId of the last event that is known; empty for none
     * @throws Away where it may be tried again
     */
    InputStream stream(String path, String lastId) {
        HttpResponse<InputStream> answer;
        try {
            answer = send(
                    path,
                    request -> lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId),
                    BodyHandlers.ofInputStream());
        } catch (UserError e) {
            throw new Away(String.valueOf(e.getMessage()));
        }
        if (answer.statusCode() == OK) {
            return answer.body();
        }
        var refusal = refusal(answer);
        if (answer.statusCode() == UNAVAILABLE) {
            throw new Away(refusal);
        }
        throw new UserError(refusal);
    }

    /** Whatever the service answers, a refusal too. */
    ServiceAnswer read(String path) {
        return answer(send(path, request -> request.timeout(ANSWER_TIMEOUT), BodyHandlers.ofString()));
    }

    /** Whatever the service answers to a change, a refusal too. */
    ServiceAnswer post(String path, ObjectNode body, Map<String, String> headers) {
        return answer(send(
                path,
                request -> {
                    headers.forEach(request::header);
                    return request.timeout(ANSWER_TIMEOUT)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body.toString()));
                },
                BodyHandlers.ofString(),
                MAYBE_DONE));
    }

    private ServiceAnswer answer(HttpResponse<String> answer) {
        return ServiceAnswer.of(answer.statusCode(), answer.body())
                .orElseThrow(
                        () -> new UserError(base() + " answers " + answer.statusCode() + ", and not as a ta-bot does"));
    }

    private <T> HttpResponse<T> send(
            String path, Function<HttpRequest.Builder, HttpRequest.Builder> what, BodyHandler<T> handler) {
        return send(path, what, handler, "");
    }

    /** @param loss what it means that no answer came, though the request went out */
    private <T> HttpResponse<T> send(
            String path, Function<HttpRequest.Builder, HttpRequest.Builder> what, BodyHandler<T> handler, String loss) {
        var base = base();
        try {
            var request = what.apply(HttpRequest.newBuilder(URI.create(base + path)));
            token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
            return client.send(request.build(), handler);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new UserError("no service answers at " + base + (e.getMessage() == null ? "" : ", " + e.getMessage())
                    + "; --url takes another address");
        } catch (SSLHandshakeException e) {
            throw new UserError("no secure connection to " + base + ": " + e.getMessage()
                    + " (a certificate of your own: see TLS in docs/operations.md)");
        } catch (IOException e) {
            throw new UserError("no answer came from " + base + loss + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new UserError("not the address of a service: " + base + "; one is http://127.0.0.1:8000");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted");
        }
    }

    /** Not an option, as everybody on the machine can read the arguments of a command. */
    private Optional<String> token() {
        return Optional.ofNullable(tokenFile)
                .map(ServiceAddress::text)
                .or(() -> Optional.ofNullable(surroundings.environment().get(TOKEN_VARIABLE)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(this::checked);
    }

    /** The file of tokens that the service reads is easily taken for the one that holds a token. */
    private String checked(String token) {
        if (token.chars().allMatch(letter -> ' ' < letter && letter < 127)) {
            return token;
        }
        throw new UserError((tokenFile == null ? TOKEN_VARIABLE : tokenFile)
                + " holds more than an access token; token create prints one");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UserError(file + " can't be read");
        }
    }

    private String base() {
        if (url != null) {
            return url.toString().replaceFirst("/$", "");
        }
        var http = surroundings.ownSettings().get().http();
        return (http.tls().isPresent() ? "https://" : "http://") + http.host() + ":" + http.port();
    }
}
