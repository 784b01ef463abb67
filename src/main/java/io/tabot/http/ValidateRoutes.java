package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * Judges parameters without setting them, by the rules that setting them would meet. No other service is asked.
 *
 * <pre>
 * POST /api/v1/config/validate  what is wrong with these parameters, and what they would do
 * </pre>
 */
final class ValidateRoutes {
    private static final List<String> NAMES = List.of("parameters", "strategy_id", SymbolField.NAME);

    /** The parameter that every strategy has. */
    private static final String SWITCH = "enabled";

    private static final ChangeMeta NOBODY = ChangeMeta.of("validation", Through.API, null);

    /** What is asked about. */
    private record Question(String strategyId, @Nullable String symbol, Map<String, @Nullable Object> parameters) {
        ChangeOne command() {
            return new ChangeOne(new UpdateParameters(strategyId, symbol, parameters, Precondition.NONE), NOBODY);
        }

        String scope() {
            return "strategy:" + strategyId + (symbol == null ? "" : ":symbol:" + symbol);
        }
    }

    private record Impact(String riskLevel, String affectedScope, int parameterCount) {}

    private record Verdict(
            boolean validationPassed,
            List<?> errors,
            List<String> warnings,
            List<String> suggestedFixes,
            Impact estimatedImpact,
            List<Object> conflicts) {}

    private final Api api;
    private final ConfigAccess config;
    private final ChangeRequests requests;
    private final StrategyLayers layers;

    ValidateRoutes(Api api, ConfigAccess config, ChangeRequests requests, StrategyLayers layers) {
        this.api = api;
        this.config = config;
        this.requests = requests;
        this.layers = layers;
    }

    Route create() {
        return api.at("/api/v1/config/validate", () -> post(() -> requests.question(this::validate)));
    }

    private CompletionStage<Answer> validate(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        fields.refuseOthers(NAMES);
        var question = new Question(
                fields.required("strategy_id", ""), fields.text(SymbolField.NAME), fields.object("parameters"));
        if (!fields.errors().isEmpty()) {
            return CompletableFuture.completedFuture(ErrorItems.refusal(fields.errors()));
        }
        return layers.refusal(question.strategyId())
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> config.change(question.command(), true).thenApply(reply -> judged(question, reply)));
    }

    private Answer judged(Question question, ChangeReply reply) {
        return switch (reply) {
            case ChangeReply.Decided(var outcome, var state, var _) -> judged(question, outcome, state);
            case ChangeReply.Unconfirmed(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
            case ChangeReply.ReadOnly(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
        };
    }

    private Answer judged(Question question, Outcome outcome, ConfigState state) {
        return switch (outcome) {
            case Outcome.Accept(var event, var _) -> answer(question, state, List.of(), risk(event));
            case Outcome.Unchanged _ -> answer(question, state, List.of(), "low");
            case Outcome.Invalid(var errors) -> answer(question, state, errors, "low");
            case Outcome.Unknown _ -> layers.unknown(question.strategyId());
            case Outcome.Stale _, Outcome.Repeat _, Outcome.KeyReused _ ->
                throw new IllegalStateException("nothing was expected and no key was given, but: " + outcome);
        };
    }

    private static Answer answer(Question question, ConfigState state, List<FieldError> errors, String risk) {
        var impact = new Impact(risk, question.scope(), question.parameters().size());
        var fixes = errors.stream()
                .map(ErrorItems::suggestion)
                .filter(Objects::nonNull)
                .toList();
        var verdict = new Verdict(
                errors.isEmpty(), ErrorItems.items(errors), warnings(question, state), fixes, impact, List.of());
        return Answer.ok(verdict)
                .with("validation_mode", "dry_run")
                .with("scope", question.scope())
                .with("strategy_id", question.strategyId());
    }

    /** Switching a strategy on or off weighs more than other numbers for its rule. */
    private static String risk(ConfigEvent event) {
        var isSwitched = ConfigDiff.of(event).documents().stream()
                .flatMap(document -> document.fields().stream())
                .anyMatch(field -> field.field().equals(SWITCH));
        return isSwitched ? "high" : "medium";
    }

    /** Why the parameters would not show in signals, although there is nothing wrong with them. */
    private static List<String> warnings(Question question, ConfigState state) {
        var application = state.application();
        var warnings = new ArrayList<>(inactive(question, application));
        if (question.symbol() == null) {
            covered(question, state).forEach(warnings::add);
        }
        return warnings;
    }

    private static List<String> inactive(Question question, AppConfig application) {
        var warnings = new ArrayList<String>();
        if (application.paused()) {
            warnings.add("everything is paused: there are no signals at all");
        }
        if (!application.enabledStrategies().contains(question.strategyId())) {
            warnings.add(question.strategyId() + " is not in enabled_strategies: it makes no signals");
        }
        if (question.symbol() != null && !application.symbols().contains(question.symbol())) {
            warnings.add(question.symbol() + " is not in symbols: nothing is evaluated on it");
        }
        return warnings;
    }

    private static Stream<String> covered(Question question, ConfigState state) {
        return state.documents().entrySet().stream()
                .filter(entry -> entry.getKey().symbol().isPresent())
                .filter(entry -> entry.getKey()
                        .strategyId()
                        .filter(question.strategyId()::equals)
                        .isPresent())
                .flatMap(entry -> entry.getValue().value().fields().keySet().stream()
                        .filter(question.parameters()::containsKey)
                        .map(name -> entry.getKey().symbol().orElseThrow() + " keeps its own " + name));
    }
}
