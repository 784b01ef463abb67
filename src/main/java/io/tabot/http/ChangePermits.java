package io.tabot.http;

import io.tabot.access.Caller;
import io.tabot.access.ChangeLimits;
import io.tabot.access.Deed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where there are access tokens: whether the caller may make the change that was read, and has changes left. What
 * changes nothing costs nothing, and going back is always possible.
 */
final class ChangePermits {
    private static final Set<String> REHEARSALS = Set.of("/api/v1/config/validate", "/api/v1/backtest");
    private static final Set<String> ROLLBACKS = Set.of("rollback", "restore");

    private final Optional<ChangeLimits> limits;

    ChangePermits(Optional<ApiAccess> access) {
        this.limits = access.map(ApiAccess::limits);
    }

    /** Whom a token has shown to be the caller; null where there are no tokens. */
    @Nullable Caller caller(HttpRequest request) {
        var caller = request.getAttribute(Gate.CALLER);
        if (limits.isPresent() && caller.isEmpty()) {
            throw new IllegalStateException("a change came past the gate");
        }
        return caller.orElse(null);
    }

    CompletionStage<Answer> run(
            HttpRequest request, Map<String, @Nullable Object> fields, Supplier<CompletionStage<Answer>> change) {
        var caller = caller(request);
        if (caller == null || isRehearsal(request, fields)) {
            return change.get();
        }
        if (!caller.role().may(Deed.CHANGE)) {
            return CompletableFuture.completedFuture(
                    Gate.forbidden(caller, "read, validate, backtest, and make dry runs with \"validate_only\": true"));
        }
        return isRollback(request) ? change.get() : limited(limits.orElseThrow(), caller, change);
    }

    private static CompletionStage<Answer> limited(
            ChangeLimits limits, Caller caller, Supplier<CompletionStage<Answer>> change) {
        return switch (limits.take(caller)) {
            case ChangeLimits.Answer.Wait(var limit, var wait) ->
                CompletableFuture.completedFuture(tooMany(limit, wait));
            case ChangeLimits.Answer.Go(var at) ->
                change.get().thenApply(answer -> {
                    if (changedNothing(answer)) {
                        limits.giveBack(caller, at);
                    }
                    return answer;
                });
        };
    }

    private static boolean isRehearsal(HttpRequest request, Map<String, @Nullable Object> fields) {
        return Boolean.TRUE.equals(fields.get("validate_only"))
                || REHEARSALS.contains(request.getUri().path());
    }

    private static boolean isRollback(HttpRequest request) {
        var path = request.getUri().path();
        return ROLLBACKS.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    /** A change that nobody confirmed may still happen. */
    private static boolean changedNothing(Answer answer) {
        var problem = answer.problem();
        if (problem != null) {
            return problem.code() != ErrorCode.UNCONFIRMED;
        }
        return Boolean.FALSE.equals(answer.metadata().get("changes_applied"))
                || Boolean.TRUE.equals(answer.metadata().get("repeated"));
    }

    private static Answer tooMany(int limit, Duration wait) {
        var seconds = wait.plusNanos(999_999_999).toSeconds();
        return Answer.refused(Problem.of(
                                ErrorCode.RATE_LIMITED,
                                "this token has made " + limit + " changes within an hour, which is its limit",
                                "try again in " + seconds + " s; rollbacks and dry runs are not limited")
                        .withDetails(Map.of("limit", limit, Answer.RETRY_AFTER, seconds)))
                .header("Retry-After", Long.toString(seconds));
    }
}
