package io.tabot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.cli.EventStream.Event;
import io.tabot.cli.ServiceAddress.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options of every command that follows a stream of a running service, and the following: when the stream ends
 * before its time, it goes on where it was, for as long as that takes.
 */
final class WatchOptions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE_MIN = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    private final OutputStream out;

    @Mixin
    private ServiceAddress service;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--since",
            paramLabel = "ID",
            description = "Begin after this id; 0 for the beginning. Default: now.")
    private @Nullable String since;

    @Option(names = "--strategy", paramLabel = "ID", description = "Only of this strategy.")
    private String strategy = "";

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only of this symbol.")
    private String symbol = "";

    @Option(names = "--no-follow", description = "End when everything that is there was printed.")
    private boolean isNotFollowing;

    @Option(names = "--json", description = "Print the data of each event, one JSON object a line.")
    private boolean isJson;

    WatchOptions(OutputStream out, Surroundings surroundings) {
        this.out = out;
        this.service = new ServiceAddress(surroundings);
    }

    /**
     * Follows a stream until it is over; the exit code.
     *
     * @param filters parameters of the route besides those that every route has; what is empty is left out
     * @param text of an event, for people
     */
    int follow(String path, Map<String, String> filters, Function<JsonNode, String> text) throws IOException {
        var address = path + query(filters);
        var lastId = since == null ? "" : since;
        var hasBegun = false;
        for (var pause = PAUSE_MIN; ; pause = longer(pause)) {
            try (var stream = new EventStream(service.stream(address, lastId), lastId)) {
                hasBegun = true;
                pause = PAUSE_MIN;
                var code = read(stream, text);
                lastId = stream.lastId();
                if (code != null) {
                    return code;
                }
                tell("the stream ended; it goes on" + (lastId.isEmpty() ? "" : " after " + lastId));
            } catch (ServiceAddress.Away e) {
                if (!hasBegun) {
                    throw new UserError(String.valueOf(e.getMessage()));
                }
            }
            rest(pause);
        }
    }

    /** The exit code, or null where the stream is to be gone on with. */
    private @Nullable Integer read(EventStream stream, Function<JsonNode, String> text) throws IOException {
        for (var event = next(stream); event != null; event = next(stream)) {
            var data = json(event.data());
            switch (event.name()) {
                case "open" -> stream.begin(data.path("after").asText());
                case "gap" ->
                    tell("missing: what came after " + data.path("after").asText() + " up to "
                            + data.path("up_to").asText() + ": "
                            + data.path("reason").asText());
                case "end" -> {
                    return ended(data);
                }
                default -> print(isJson ? event.data() + "\n" : text.apply(data));
            }
        }
        return null;
    }

    /** A connection that broke is no more than a stream that ended. */
    private static @Nullable Event next(EventStream stream) {
        try {
            return stream.next().orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Integer ended(JsonNode data) {
        return switch (data.path("reason").asText()) {
            case "complete" -> ExitCode.OK;
            case "access", "rewritten" -> {
                tell(data.path("message").asText());
                yield ExitCode.SOFTWARE;
            }
            default -> null;
        };
    }

    private String query(Map<String, String> filters) {
        var all = new TreeMap<>(filters);
        all.putAll(Map.of("strategy", strategy, "symbol", symbol, "follow", isNotFollowing ? "false" : ""));
        var query = all.entrySet().stream()
                .filter(filter -> !filter.getValue().isEmpty())
                .map(filter -> filter.getKey() + "=" + URLEncoder.encode(filter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UserError("the service sends what is no JSON: " + text);
        }
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void tell(String message) {
        Failures.tell(command.commandLine().getErr(), message);
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
    }

    private static void rest(Duration pause) {
        try {
            var _ = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted");
        }
    }
}
