package io.tabot.http;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * The statuses of the Python bot, for callers that look into no other answer than 200: on its routes it told failures
 * in the body alone. What it could not refuse, such as a stale precondition, keeps its own status here too, and so do
 * refusals that come before the route, such as that of a token.
 */
final class LegacyStatus {
    /** The code of a refusal, for whoever may still change its status. */
    static final AttributeKey<ErrorCode> CODE = AttributeKey.create("error-code", ErrorCode.class);

    private static final int OK = 200;
    private static final int CREATED = 201;

    /** There, whatever kept a route from answering was an error in the body. */
    private static final Set<ErrorCode> ON_READS = EnumSet.of(
            ErrorCode.NOT_FOUND,
            ErrorCode.INTERNAL_ERROR,
            ErrorCode.UNCONFIRMED,
            ErrorCode.READ_ONLY,
            ErrorCode.UNAVAILABLE);

    private static final Set<ErrorCode> ON_CHANGES = with(ON_READS, ErrorCode.VALIDATION_ERROR);
    private static final Set<ErrorCode> ON_ROLLBACKS = with(ON_CHANGES, ErrorCode.ROLLBACK_FAILED);
    private static final Set<ErrorCode> ON_TRANSITIONS = with(ON_CHANGES, ErrorCode.INVALID_TRANSITION);

    private static final String STRATEGY = "/api/v1/strategies/{strategy_id}";
    private static final String APPLICATION = "/api/v1/config/application";
    private static final String TRANSITION = "POST " + STRATEGY + "/lifecycle/transition";

    /** The operations of the Python bot, by method and template, with the codes that were no status there. */
    private static final Map<String, Set<ErrorCode>> SOFTENED = Map.ofEntries(
            Map.entry("GET /api/v1/strategies", ON_READS),
            Map.entry("GET " + STRATEGY + "/schema", ON_READS),
            Map.entry("GET " + STRATEGY + "/defaults", ON_READS),
            Map.entry("GET " + STRATEGY + "/config", ON_READS),
            Map.entry("POST " + STRATEGY + "/config", ON_CHANGES),
            Map.entry("DELETE " + STRATEGY + "/config", ON_READS),
            Map.entry("GET " + STRATEGY + "/config/{symbol}", ON_READS),
            Map.entry("POST " + STRATEGY + "/config/{symbol}", ON_CHANGES),
            Map.entry("POST " + STRATEGY + "/rollback", ON_ROLLBACKS),
            Map.entry("GET " + STRATEGY + "/audit", ON_READS),
            Map.entry("POST /api/v1/strategies/cache/refresh", ON_READS),
            Map.entry("POST /api/v1/config/validate", ON_CHANGES),
            Map.entry("GET " + APPLICATION, ON_READS),
            Map.entry("POST " + APPLICATION, ON_CHANGES),
            Map.entry("POST " + APPLICATION + "/rollback", ON_ROLLBACKS),
            Map.entry("POST " + APPLICATION + "/restore", ON_ROLLBACKS),
            Map.entry("GET " + APPLICATION + "/audit", ON_READS),
            Map.entry("POST " + APPLICATION + "/cache/refresh", ON_READS),
            Map.entry("GET " + STRATEGY + "/lifecycle", ON_READS),
            Map.entry(TRANSITION, ON_TRANSITIONS));

    private final boolean isOn;

    LegacyStatus(boolean isOn) {
        this.isOn = isOn;
    }

    /** The operations that it is about, for a test to compare with the routes. */
    static Set<String> operations() {
        return SOFTENED.keySet();
    }

    HttpResponse of(HttpMethod method, String template, HttpResponse response) {
        var operation = method.value() + " " + template;
        var isSoftened = isOn
                && response.getAttribute(CODE)
                        .filter(SOFTENED.getOrDefault(operation, Set.of())::contains)
                        .isPresent();
        return isSoftened
                ? response.withStatus(StatusCodes.get(operation.equals(TRANSITION) ? CREATED : OK))
                : response;
    }

    private static Set<ErrorCode> with(Set<ErrorCode> codes, ErrorCode more) {
        var all = EnumSet.copyOf(codes);
        all.add(more);
        return all;
    }
}
