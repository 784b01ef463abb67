package io.tabot.cli;

import io.tabot.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running service that a command speaks to: the one that the same settings would start, unless told another. */
final class ServiceAddress {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** Not closed: that would wait for a body that is still being read. It ends with the command. */
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    private final Supplier<Settings> settings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service, e.g. http://127.0.0.1:8000. Default: host and port of the settings.")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds an access token and nothing else, for a service that asks for one.")
    private @Nullable Path tokenFile;

    ServiceAddress(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /** The body of an answer of 200; anything else is told as the service tells it. */
    InputStream get(String path) {
        var base = base();
        try {
            var request = HttpRequest.newBuilder(URI.create(base + path));
            token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() != OK) {
                throw new UserError(base + " answers " + answer.statusCode() + ": " + text(answer));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UserError("no service answers at " + base + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new UserError("not the address of a service: " + base);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted");
        }
    }

    /** From a file, as everybody on the machine can read the arguments of a command. */
    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip()).filter(token -> !token.isEmpty());
        } catch (IOException e) {
            throw new UserError(tokenFile + " can't be read");
        }
    }

    private String base() {
        if (url != null) {
            return url.toString().replaceFirst("/$", "");
        }
        var http = settings.get().http();
        return (http.tls().isPresent() ? "https://" : "http://") + http.host() + ":" + http.port();
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return new String(body.readNBytes(500), StandardCharsets.UTF_8);
        }
    }
}
