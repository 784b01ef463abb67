package io.tabot.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.EffectiveParameters;
import io.tabot.config.StoredDocument;
import io.tabot.http.PastConfigs.Found;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalDifferences;
import io.tabot.signal.SignalDifferences.Difference;
import io.tabot.signal.SignalJson;
import io.tabot.signal.SignalReplay;
import io.tabot.strategy.Strategy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one signal. What it was decided under comes from the history; whether it comes out the
 * same today is told by deciding it again.
 */
record SignalExplanation(
        ObjectNode signal,
        @Nullable Configuration configuration,
        @Nullable Parameters parameters,
        Outcome outcome) {
    /**
     * One value.
     *
     * @param revision the change that set it; null for a default
     */
    record Item(
            @Nullable Object value, String layer, @Nullable Long revision) {}

    /**
     * The application document as of then.
     *
     * @param revision of the signal, with who made that change and why
     */
    record Configuration(
            long revision,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable String reason,
            Map<String, Item> application) {}

    /** The parameters of the strategy on the signal's symbol as of then, and their hash as computed today. */
    record Parameters(Map<String, Item> values, String hash) {}

    /**
     * What came of deciding it again.
     *
     * @param reproduced null where that was not possible
     * @param why it was not, or is another one
     * @param candles where they were read
     */
    record Outcome(
            @Nullable Boolean reproduced,
            @Nullable String why,
            @Nullable String candles,
            @Nullable ObjectNode recomputed,
            List<Difference> differences) {
        static Outcome unknown(String why) {
            return new Outcome(null, why, null, null, List.of());
        }
    }

    private record View(
            ObjectNode signal,
            @Nullable Configuration configuration,
            @Nullable Map<String, Item> parameters,
            @Nullable String parametersHash,
            @Nullable Boolean reproduced,
            @Nullable String why,
            @Nullable String candles,
            @Nullable ObjectNode recomputed,
            List<ChangedField> differences) {}

    private record ChangedField(
            String field,
            @Nullable Object published,
            @Nullable Object recomputed) {}

    /** Where the configuration can't be told. */
    static SignalExplanation without(SignalLookup.Result.Signal found, String why) {
        return new SignalExplanation(SignalRoutes.item(found.kept()), null, null, Outcome.unknown(why));
    }

    static SignalExplanation of(SignalLookup.Result.Signal found, Found.Past past, Strategy strategy) {
        var effective = EffectiveParameters.explain(
                past.state(), strategy, found.signal().symbol().name());
        var values = new LinkedHashMap<String, Item>();
        effective
                .parameters()
                .forEach(parameter -> values.put(
                        parameter.name(),
                        new Item(parameter.value(), parameter.layer().id(), parameter.revision())));
        var last = past.last();
        return new SignalExplanation(
                SignalRoutes.item(found.kept()),
                new Configuration(
                        past.state().revision(),
                        last == null ? null : last.at(),
                        last == null ? null : last.changedBy(),
                        last == null ? null : last.reason(),
                        application(past.state())),
                new Parameters(values, effective.hash()),
                Outcome.unknown(why(SignalReplay.Reason.CANDLES_GONE)));
    }

    /** How many candles the signal says that it was decided on. */
    int window() {
        return signal.at("/metadata/window").asInt();
    }

    SignalExplanation with(SignalReplay.Result result) {
        var end = switch (result) {
            case SignalReplay.Result.Impossible(var reason) -> Outcome.unknown(why(reason));
            case SignalReplay.Result.Decided(var candles, var decided) -> compared(candles, decided);
        };
        return new SignalExplanation(signal, configuration, parameters, end);
    }

    Object view() {
        return new View(
                signal,
                configuration,
                parameters == null ? null : parameters.values(),
                parameters == null ? null : parameters.hash(),
                outcome.reproduced(),
                outcome.why(),
                outcome.candles(),
                outcome.recomputed(),
                outcome.differences().stream()
                        .map(field -> new ChangedField(field.field(), field.first(), field.second()))
                        .toList());
    }

    private Outcome compared(String candles, Optional<Signal> decided) {
        if (decided.isEmpty()) {
            return new Outcome(false, "no_signal", candles, null, List.of());
        }
        var recomputed = Json.object(SignalJson.bytes(decided.get(), null));
        var published = signal.deepCopy();
        published.remove(List.of("published", "withheld"));
        var differences = SignalDifferences.exact().between(published, recomputed);
        return differences.isEmpty()
                ? new Outcome(true, null, candles, recomputed, differences)
                : new Outcome(false, "another_signal", candles, recomputed, differences);
    }

    private static String why(SignalReplay.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Item> application(ConfigState state) {
        var revisions = state.document(DocumentKey.APPLICATION)
                .map(StoredDocument::fieldRevisions)
                .orElse(Map.of());
        var items = new LinkedHashMap<String, Item>();
        state.application()
                .toDocument()
                .fields()
                .forEach((name, value) -> items.put(
                        name,
                        new Item(value, revisions.containsKey(name) ? "application" : "default", revisions.get(name))));
        return items;
    }
}
