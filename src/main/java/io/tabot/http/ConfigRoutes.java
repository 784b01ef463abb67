package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView.InForce;
import io.tabot.config.DocumentKey;
import io.tabot.config.WholeConfig;
import io.tabot.config.WholeConfigJson;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * The whole configuration of the environment.
 *
 * <pre>
 * GET /api/v1/config  everything in force, in the shape of an export
 * </pre>
 */
final class ConfigRoutes {
    private final Api api;
    private final ConfigReads reads;

    ConfigRoutes(Api api, ConfigReads reads) {
        this.api = api;
        this.reads = reads;
    }

    Route create() {
        return api.at("/api/v1/config", () -> get(() -> extractRequest(request -> api.answer(show(request)))));
    }

    private Answer show(HttpRequest request) {
        return new QueryFields(request)
                .refusal()
                .orElseGet(() -> reads.read(request, ConfigRoutes::newest, ConfigRoutes::whole));
    }

    private static Object whole(InForce inForce) {
        var text = WholeConfigJson.write(WholeConfig.of(inForce.state()));
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The newest event among what is shown, removals included. */
    private static long newest(ConfigState state) {
        var removed = state.deleted().entrySet().stream()
                .filter(entry -> isShown(entry.getKey()))
                .mapToLong(entry -> entry.getValue().revision());
        var present = state.documents().entrySet().stream()
                .filter(entry -> isShown(entry.getKey()))
                .mapToLong(entry -> entry.getValue().revision());
        return LongStream.concat(removed, present).max().orElse(0);
    }

    private static boolean isShown(DocumentKey key) {
        return switch (key.kind()) {
            case APPLICATION, STRATEGY, STRATEGY_SYMBOL -> true;
            case LIFECYCLE, OTHER -> false;
        };
    }
}
