package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.ops.Metrics;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * What Prometheus scrapes.
 *
 * <pre>
 * GET /metrics  every meter, in Prometheus' text format
 * </pre>
 */
final class MetricsRoutes {
    private final Api api;
    private final Metrics metrics;

    MetricsRoutes(Api api, Metrics metrics) {
        this.api = api;
        this.metrics = metrics;
    }

    Route create() {
        return api.at("/metrics", () -> get(() -> complete(scrape())));
    }

    private HttpResponse scrape() {
        var type = ContentTypes.parse(Metrics.CONTENT_TYPE);
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, metrics.scrape().getBytes(StandardCharsets.UTF_8)));
    }
}
