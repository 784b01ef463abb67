package io.tabot.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/**
 * Counts and times requests. Labels are path templates, known methods and statuses: never text that a caller chose, so
 * that no caller can make the meters grow.
 */
final class HttpMeters {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String OTHER = "other";

    private final MeterRegistry registry;

    HttpMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    Function<HttpRequest, CompletionStage<HttpResponse>> measured(
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return request -> {
            var sample = Timer.start(registry);
            return handler.apply(request).thenApply(response -> {
                count(request, response, sample);
                return response;
            });
        };
    }

    private void count(HttpRequest request, HttpResponse response, Timer.Sample sample) {
        var method = request.method().value();
        var route = response.getAttribute(Api.TEMPLATE).orElse(OTHER);
        var labels = new String[] {
            "method",
            METHODS.contains(method) ? method : OTHER,
            "route",
            route,
            "status",
            Integer.toString(response.status().intValue())
        };
        Counter.builder("ta_bot_http_requests")
                .description("Requests answered")
                .tags(labels)
                .register(registry)
                .increment();
        sample.stop(Timer.builder("ta_bot_http_request_duration")
                .description("Time from the request's head to the answer")
                .tags(labels)
                .register(registry));
    }
}
