package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.ops.Check;
import io.tabot.ops.Health;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * What probes ask. The bodies are those of the Python bot, without the envelope.
 *
 * <pre>
 * GET /        what runs here
 * GET /health  how everything is doing: healthy or degraded, always 200
 * GET /ready   200 when requests may come here, 503 while starting and stopping
 * GET /live    200, or 503 when the process should be killed
 * </pre>
 */
final class HealthRoutes {
    private final Api api;
    private final Health health;
    private final Executor executor;

    HealthRoutes(Api api, Health health, Executor executor) {
        this.api = api;
        this.health = health;
        this.executor = executor;
    }

    Route create() {
        return concat(
                api.at("/", () -> get(() -> probe(this::root))),
                api.at("/health", () -> get(() -> probe(this::health))),
                api.at("/ready", () -> get(() -> probe(this::ready))),
                api.at("/live", () -> get(() -> probe(this::live))));
    }

    /** On threads of their own: a probe is answered however busy the rest is. */
    private Route probe(Supplier<HttpResponse> answer) {
        return completeWithFuture(CompletableFuture.supplyAsync(answer, executor));
    }

    private HttpResponse root() {
        var body = new LinkedHashMap<String, Object>();
        body.put("service", "ta-bot");
        body.put("version", health.build().version());
        body.put("status", "running");
        body.put("uptime", uptime(health.uptime()));
        body.put("docs", "/docs");
        return response(StatusCodes.OK, body);
    }

    private HttpResponse health() {
        var checks = health.checks();
        var isHealthy = checks.stream().allMatch(check -> check.status() == Check.Status.OK);
        var components = new LinkedHashMap<String, Object>();
        var details = new LinkedHashMap<String, Object>();
        checks.forEach(check -> {
            components.put(check.name(), check.status().id());
            details.put(check.name(), check.detail());
        });
        var build = health.build();
        var body = new LinkedHashMap<String, Object>();
        body.put("status", isHealthy ? "healthy" : "degraded");
        body.put("version", build.version());
        body.put("build_info", Map.of("commit_sha", build.commitSha(), "build_date", build.buildDate()));
        body.put("components", components);
        body.put("details", details);
        return response(StatusCodes.OK, stamped(body));
    }

    private HttpResponse ready() {
        var checks = new LinkedHashMap<String, Object>();
        health.checks().forEach(check -> checks.put(check.name(), check.status().id()));
        var body = new LinkedHashMap<String, Object>();
        var reason = health.notReadyBecause();
        body.put("status", reason.isEmpty() ? "ready" : "not_ready");
        reason.ifPresent(text -> body.put("reason", text));
        body.put("checks", checks);
        return response(reason.isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE, stamped(body));
    }

    private HttpResponse live() {
        var isAlive = health.isAlive();
        var body = new LinkedHashMap<String, Object>();
        body.put("status", isAlive ? "alive" : "dead");
        return response(isAlive ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE, stamped(body));
    }

    private Map<String, Object> stamped(Map<String, Object> body) {
        body.put("uptime", uptime(health.uptime()));
        body.put("timestamp", health.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return body;
    }

    private static HttpResponse response(StatusCode status, Object body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(body)));
    }

    static String uptime(Duration uptime) {
        var seconds = uptime.toSecondsPart() + "s";
        if (uptime.toMinutes() == 0) {
            return seconds;
        }
        var minutes = uptime.toMinutesPart() + "m " + seconds;
        return uptime.toHours() == 0 ? minutes : uptime.toHours() + "h " + minutes;
    }
}
