package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.access.Deed;
import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Nearest;
import io.tabot.ops.LogLevels;
import io.tabot.ops.LogLevels.LoggerLevel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * How much this process logs. No part of the configuration: it is about one process and ends with it.
 *
 * <pre>
 * GET  /api/v1/admin/log-levels           every logger
 * GET  /api/v1/admin/log-levels/{logger}  one
 * POST /api/v1/admin/log-levels/{logger}  set its level, for good or for a while; admins alone
 * </pre>
 */
final class LogLevelRoutes {
    private record Levels(List<String> levels, List<LoggerLevel> loggers) {}

    private static final String LEVEL = "configured_level";
    private static final String LASTING = "for";
    private static final String BY = "changed_by";
    private static final String REASON = "reason";
    private static final Duration LASTING_MAX = Duration.ofHours(24);
    private static final int TEXT_LENGTH_MAX = 200;

    private final Api api;
    private final ChangeRequests requests;
    private final LogLevels levels;

    LogLevelRoutes(Api api, ChangeRequests requests, LogLevels levels) {
        this.api = api;
        this.requests = requests;
        this.levels = levels;
    }

    Route create() {
        return concat(
                api.at(
                        "/api/v1/admin/log-levels",
                        () -> get(() -> read(() -> Answer.ok(new Levels(LogLevels.LEVELS, levels.all()))))),
                api.at(
                        "/api/v1/admin/log-levels/{logger}",
                        logger -> concat(get(() -> read(() -> one(logger))), post(() -> change(logger)))));
    }

    private Route read(Supplier<Answer> answer) {
        return extractRequest(
                request -> api.answer(new QueryFields(request).refusal().orElseGet(answer)));
    }

    private Answer one(String logger) {
        return levels.find(logger).map(Answer::ok).orElseGet(() -> unknown(logger));
    }

    /** Whoever may change what is traded is not yet one who may silence the log about it. */
    private Route change(String logger) {
        return extractRequest((HttpRequest request) -> request.getAttribute(Gate.CALLER)
                .filter(caller -> !caller.role().may(Deed.ADMINISTER))
                .map(caller -> requests.command(Gate.forbidden(caller, "not administer this process")))
                .orElseGet(() ->
                        requests.change(change -> CompletableFuture.<Answer>completedStage(set(logger, change)))));
    }

    private Answer set(String logger, ChangeRequest request) {
        var fields = new BodyFields(request.body());
        fields.refuseOthers(List.of(LEVEL, LASTING, BY, REASON));
        var level = level(fields, logger, request);
        var lasting = lasting(fields);
        var by = shortText(fields, BY);
        var reason = shortText(fields, REASON);
        if (!fields.errors().isEmpty()) {
            return ErrorItems.refusal(fields.errors());
        }
        if (levels.find(logger).isEmpty()) {
            return unknown(logger);
        }
        return logger.equals(LogLevels.RECORD)
                ? Answer.refused(ErrorCode.FORBIDDEN, "this logger tells who changed levels: its own stays")
                : Answer.ok(levels.set(new LogLevels.Change(logger, level, lasting, author(request, by), reason)));
    }

    private static @Nullable String level(BodyFields fields, String logger, ChangeRequest request) {
        var text = fields.text(LEVEL);
        var level = text == null ? null : text.toUpperCase(Locale.ROOT);
        var isRoot = logger.equalsIgnoreCase(LogLevels.ROOT);
        if (level != null && !LogLevels.LEVELS.contains(level)) {
            fields.refuse(new FieldError(
                    LEVEL,
                    Code.INVALID_VALUE,
                    LEVEL + " must be one of " + String.join(", ", LogLevels.LEVELS) + ", or null to inherit",
                    Allowed.oneOf(LogLevels.LEVELS),
                    Nearest.of(level, LogLevels.LEVELS).orElse(null)));
        } else if (level == null && (isRoot || !request.body().containsKey(LEVEL))) {
            var message = isRoot ? LEVEL + " is required: there is nothing to inherit from" : LEVEL + " is required";
            fields.refuse(new FieldError(LEVEL, Code.EMPTY, message, Allowed.oneOf(LogLevels.LEVELS), null));
        }
        return level;
    }

    private static @Nullable Duration lasting(BodyFields fields) {
        var text = fields.text(LASTING);
        if (text == null) {
            return null;
        }
        var lasting = text.matches("[1-9][0-9]{0,4}[smh]")
                ? Duration.parse("PT" + text.toUpperCase(Locale.ROOT))
                : Duration.ZERO;
        if (lasting.isZero() || lasting.compareTo(LASTING_MAX) > 0) {
            fields.refuse(new FieldError(
                    LASTING,
                    Code.INVALID_FORMAT,
                    LASTING + " must be a time from 1s to 24h, in whole seconds, minutes or hours, e.g. 10m",
                    null,
                    null));
        }
        return lasting;
    }

    private static @Nullable String shortText(BodyFields fields, String field) {
        var text = fields.text(field);
        if (text != null
                && (text.isBlank()
                        || text.length() > TEXT_LENGTH_MAX
                        || text.chars().anyMatch(Character::isISOControl))) {
            fields.refuse(new FieldError(
                    field,
                    Code.INVALID_FORMAT,
                    field + " must be one line of 1 to " + TEXT_LENGTH_MAX + " characters",
                    null,
                    null));
        }
        return text;
    }

    private static String author(ChangeRequest request, @Nullable String by) {
        var actor = request.actor();
        if (actor == null) {
            return by == null ? "an unnamed caller" : by;
        }
        return by == null || by.equals(actor) ? actor : actor + " (for " + by + ")";
    }

    private Answer unknown(String logger) {
        var names = levels.all().stream().map(LoggerLevel::name).toList();
        return Answer.refused(Nearest.of(logger, names)
                .map(nearest ->
                        Problem.of(ErrorCode.NOT_FOUND, "there is no such logger", "did you mean " + nearest + "?"))
                .orElseGet(() -> Problem.of(
                        ErrorCode.NOT_FOUND,
                        "there is no such logger",
                        "a class that has logged nothing has none; set the level of its package")));
    }
}
