package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.access.Deed;
import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Promotion;
import io.tabot.config.Reign;
import io.tabot.http.ClusterView.VoterItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The voters that the history of the configuration rests on.
 *
 * <pre>
 * GET  /api/v1/config/journals          who votes, how each is doing, and what was promoted
 * POST /api/v1/config/journals/promote  go on with some of them, the others being gone for good; admins alone
 * </pre>
 */
final class JournalRoutes {
    private static final String PATH = "/api/v1/config/journals";
    private static final String VOTERS = "voters";
    private static final String REASON = "reason";
    private static final String BY = "changed_by";
    private static final String CONFIRM = "confirm";
    private static final int TEXT_LENGTH_MAX = 200;

    private record PromotionItem(String id, List<String> voters, String changedBy, String reason) {
        static PromotionItem of(Reign.Promotion promotion) {
            return new PromotionItem(promotion.id(), promotion.voters(), promotion.by(), promotion.reason());
        }
    }

    private record Standing(
            String term, List<VoterItem> voters, @Nullable PromotionItem promotion) {}

    private record Promoted(String term, long revision, PromotionItem promotion) {}

    private final Api api;
    private final ConfigAccess config;
    private final ChangeRequests requests;

    JournalRoutes(Api api, ConfigAccess config, ChangeRequests requests) {
        this.api = api;
        this.config = config;
        this.requests = requests;
    }

    Route create() {
        return concat(
                api.at(PATH, () -> get(() -> extractRequest(request -> api.answer(show(request))))),
                api.at(PATH + "/promote", () -> post(this::promote)));
    }

    private CompletionStage<Answer> show(HttpRequest request) {
        return new QueryFields(request)
                .refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> config.standing().thenApply(JournalRoutes::shown));
    }

    private static Answer shown(Promotion.Standing standing) {
        var promotion = standing.promotion();
        return Answer.ok(new Standing(
                standing.term().toString(),
                standing.voters().stream().map(VoterItem::of).toList(),
                promotion == null ? null : PromotionItem.of(promotion)));
    }

    private Route promote() {
        return extractRequest((HttpRequest request) -> request.getAttribute(Gate.CALLER)
                .filter(caller -> !caller.role().may(Deed.ADMINISTER))
                .map(caller -> requests.command(Gate.forbidden(caller, "not promote journals")))
                .orElseGet(() -> requests.change(this::promote)));
    }

    private CompletionStage<Answer> promote(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        fields.refuseOthers(List.of(VOTERS, REASON, BY, CONFIRM));
        var voters = voters(fields);
        var reason = line(fields, REASON, null);
        var by = line(fields, BY, request.actor());
        if (!fields.required(CONFIRM, "").equals(config.environment()) && fields.has(CONFIRM)) {
            fields.refuse(new FieldError(
                    CONFIRM,
                    Code.INVALID_VALUE,
                    CONFIRM + " must be the name of the environment: this can lose acknowledged changes",
                    null,
                    null));
        }
        return fields.errors().isEmpty()
                ? config.promote(voters, by, reason).thenApply(JournalRoutes::promoted)
                : CompletableFuture.completedFuture(ErrorItems.refusal(fields.errors()));
    }

    private static Answer promoted(Promotion.Reply reply) {
        return switch (reply) {
            case Promotion.Promoted(var term, var revision, var promotion) ->
                Answer.ok(new Promoted(term.toString(), revision, PromotionItem.of(promotion)));
            case Promotion.Refused(var reason) ->
                ErrorItems.refusal(List.of(new FieldError(VOTERS, Code.CONFLICT, reason, null, null)));
            case Promotion.Unconfirmed(var reason) -> Answer.refused(ErrorCode.UNCONFIRMED, reason);
        };
    }

    private static List<String> voters(BodyFields fields) {
        var voters = new ArrayList<String>();
        for (var item : fields.list(VOTERS)) {
            if (item instanceof String name) {
                voters.add(name);
            } else {
                fields.refuse(
                        new FieldError(VOTERS, Code.INVALID_TYPE, VOTERS + " must be a list of strings", null, null));
                return List.of();
            }
        }
        return voters;
    }

    /** @param actor whose name stands where none is given, and beside one that is */
    private static String line(BodyFields fields, String field, @Nullable String actor) {
        var text = actor != null && !fields.has(field) ? actor : fields.required(field, "-");
        if (text.isBlank() || text.length() > TEXT_LENGTH_MAX || text.chars().anyMatch(Character::isISOControl)) {
            fields.refuse(new FieldError(
                    field,
                    Code.INVALID_FORMAT,
                    field + " must be one line of 1 to " + TEXT_LENGTH_MAX + " characters",
                    null,
                    null));
        }
        return actor == null || actor.equals(text) ? text : actor + " (for " + text + ")";
    }
}
