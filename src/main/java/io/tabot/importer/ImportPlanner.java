package io.tabot.importer;

import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.importer.ImportItem.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a history of what the Python bot stored: its audit in the order of time, judged by today's rules, and at the
 * end whatever brings the result level with the documents in force. What is refused is left out as a whole, and the
 * history goes on without it.
 */
public final class ImportPlanner {
    /** Who is named for what no document tells. */
    private static final String IMPORTER = "import";

    /** Ids of one collection grow with time, so they order what happened in one millisecond. */
    private static final Comparator<Timed> IN_TIME = Comparator.comparing(Timed::at)
            .thenComparing(timed -> timed.change().row().collection())
            .thenComparing(timed -> timed.change().row().id());

    private static final List<String> AUDITS =
            List.of(PythonBotData.APPLICATION_AUDIT, PythonBotData.PARAMETERS_AUDIT, PythonBotData.MANAGED_AUDIT);

    private record Timed(Instant at, SourceChange change) {}

    private final ConfigRules rules;
    private final WishReader reader;
    private final boolean dropsUnknownParameters;
    private final List<ConfigEvent> events = new ArrayList<>();
    private final List<ImportItem> items = new ArrayList<>();
    private final Set<SourceRow> judged = new HashSet<>();
    private ConfigState state;

    private ImportPlanner(
            String environment, ConfigRules rules, List<String> strategies, boolean dropsUnknownParameters) {
        this.rules = rules;
        this.reader = new WishReader(strategies);
        this.dropsUnknownParameters = dropsUnknownParameters;
        this.state = ConfigState.empty(environment);
    }

    /**
     * @param strategies all that there are
     * @param dropsUnknownParameters whether parameters that do not exist here are left out, instead of refusing all
     *     parameters that come with them
     */
    public static ImportPlan plan(
            PythonBotData data,
            String environment,
            ConfigRules rules,
            List<String> strategies,
            boolean dropsUnknownParameters) {
        var planner = new ImportPlanner(environment, rules, strategies, dropsUnknownParameters);
        planner.plan(data);
        return new ImportPlan(planner.state, planner.events, planner.items);
    }

    private void plan(PythonBotData data) {
        var audited = AUDITS.stream()
                .flatMap(collection -> data.of(collection).stream())
                .filter(row -> !isOneSided(row))
                .map(row -> SourceChange.ofAudit(row, reader))
                .toList();
        var lives = data.of(PythonBotData.LIFECYCLE).stream().map(row -> SourceChange.ofLifecycle(row, reader));
        var inForce = inForce(data);
        walk(Stream.of(audited.stream(), lives, withoutAudit(inForce, audited))
                .flatMap(changes -> changes)
                .toList());
        inForce.stream()
                .filter(change -> !judged.contains(change.row()))
                .map(change -> new Timed(change.at() == null ? Instant.EPOCH : change.at(), change))
                .sorted(IN_TIME)
                .forEach(timed -> take(timed.change(), notBefore(timed.at()), Verdict.LEVELLED));
        removeWhatIsNotInForce(inForce);
    }

    /** The documents that count there; the others are told and left out. */
    private List<SourceChange> inForce(PythonBotData data) {
        data.of(PythonBotData.APPLICATION).stream()
                .skip(1)
                .forEach(row -> leaveOut(row, "the bot reads the first document of its collection, this is another"));
        var own = Stream.of(PythonBotData.GLOBAL_PARAMETERS, PythonBotData.SYMBOL_PARAMETERS)
                .flatMap(collection -> data.of(collection).stream())
                .filter(row -> !isAutoPersisted(row))
                .map(row -> SourceChange.ofDocument(row, reader))
                .toList();
        var first =
                data.of(PythonBotData.APPLICATION).stream().limit(1).map(row -> SourceChange.ofDocument(row, reader));
        return Stream.of(first, own.stream(), managed(data, own).stream())
                .flatMap(changes -> changes)
                .toList();
    }

    /** What only the data manager holds. */
    private List<SourceChange> managed(PythonBotData data, List<SourceChange> own) {
        var known = own.stream().map(ImportPlanner::documentOf).collect(Collectors.toSet());
        var managed = new ArrayList<SourceChange>();
        for (var row : data.of(PythonBotData.MANAGED_PARAMETERS)) {
            var change = SourceChange.ofDocument(row, reader);
            if (isOneSided(row)) {
                continue;
            }
            if (known.contains(documentOf(change))) {
                leaveOut(row, "of the data manager, while the bot itself read its own document of the same");
            } else {
                managed.add(change);
            }
        }
        return managed;
    }

    /** Told and left out: parameters here hold for both sides. */
    private boolean isOneSided(SourceRow row) {
        var side = row.text("side");
        side.ifPresent(one -> leaveOut(row, "holds for the side " + one + " alone, and there are no sides here"));
        return side.isPresent();
    }

    private boolean isAutoPersisted(SourceRow row) {
        var metadata = row.object("metadata").orElse(Map.of());
        var persisted = Boolean.TRUE.equals(metadata.get("auto_persisted"));
        if (persisted) {
            leaveOut(row, "defaults that a read has stored: nobody set them");
        }
        return persisted;
    }

    /** Documents of which the audit knows nothing have their place in time by themselves. */
    private static Stream<SourceChange> withoutAudit(List<SourceChange> inForce, List<SourceChange> audited) {
        var known = audited.stream().map(ImportPlanner::documentOf).collect(Collectors.toSet());
        return inForce.stream()
                .filter(change -> change.at() != null)
                .filter(change -> !known.contains(documentOf(change)));
    }

    private void walk(List<SourceChange> changes) {
        var timed = new ArrayList<Timed>();
        for (var change : changes) {
            if (change.at() == null) {
                judge(change, Verdict.REFUSED, 0, List.of("has no time that can be read"));
            } else {
                timed.add(new Timed(change.at(), change));
            }
        }
        timed.stream().sorted(IN_TIME).forEach(one -> take(one.change(), one.at(), Verdict.TAKEN_OVER));
    }

    private void take(SourceChange change, Instant at, Verdict accepted) {
        var wish = change.wish();
        if (wish == null) {
            judge(change, Verdict.REFUSED, 0, List.of("does not say what anything became"));
        } else {
            take(change, wish, at, accepted, change.notes());
        }
    }

    private void take(SourceChange change, Wish wish, Instant at, Verdict accepted, List<String> notes) {
        switch (decided(change, wish, at)) {
            case Outcome.Accept(var event, var next) -> {
                events.add(event);
                state = next;
                judge(change, accepted, event.revision(), notes);
            }
            case Outcome.Unchanged _ -> judge(change, Verdict.UNCHANGED, 0, notes);
            case Outcome.Invalid(var errors) -> refuse(change, wish, at, accepted, errors);
            case Outcome.Unknown(var what, var _, var message, var _) ->
                judge(
                        change,
                        what == Outcome.Unknown.What.DOCUMENT ? Verdict.UNCHANGED : Verdict.REFUSED,
                        0,
                        List.of(message));
            case Outcome.Repeat _, Outcome.KeyReused _ ->
                judge(change, Verdict.REFUSED, 0, List.of("its id was there before"));
            case Outcome.Stale _ -> throw new IllegalStateException("nothing was expected of the state");
        }
    }

    private Outcome decided(SourceChange change, Wish wish, Instant at) {
        var key = new Idempotency(change.importId(), change.importId());
        var meta = new ChangeMeta(change.changedBy(), Through.IMPORT, change.reason(), key);
        try {
            return rules.decide(state, new ChangeOne(wish.edit(state), meta), List.of(), at);
        } catch (IllegalArgumentException e) {
            // A value that JSON has no form for.
            return new Outcome.Invalid(List.of(new FieldError(
                    wish.document(), FieldError.Code.INVALID_TYPE, String.valueOf(e.getMessage()), null, null)));
        }
    }

    private void refuse(SourceChange change, Wish wish, Instant at, Verdict accepted, List<FieldError> errors) {
        var unknown = errors.stream()
                .filter(error -> error.code() == FieldError.Code.UNKNOWN_PARAMETER)
                .map(FieldError::field)
                .toList();
        if (dropsUnknownParameters && !unknown.isEmpty() && wish instanceof Wish.Parameters parameters) {
            var notes = new ArrayList<>(change.notes());
            notes.add("without parameters that do not exist here: " + String.join(", ", unknown));
            take(change, parameters.without(unknown), at, accepted, notes);
            return;
        }
        judge(
                change,
                Verdict.REFUSED,
                0,
                errors.stream().map(FieldError::message).toList());
    }

    private void removeWhatIsNotInForce(List<SourceChange> inForce) {
        var present = inForce.stream().map(ImportPlanner::documentOf).collect(Collectors.toSet());
        for (var key : List.copyOf(state.documents().keySet())) {
            if (present.contains(key.path()) || key.kind() == DocumentKey.Kind.LIFECYCLE) {
                continue;
            }
            if (key.equals(DocumentKey.APPLICATION)) {
                items.add(new ImportItem(
                        PythonBotData.APPLICATION,
                        "",
                        null,
                        key.path(),
                        true,
                        Verdict.LEFT_OUT,
                        0,
                        List.of("holds no document: what its audit says last stays")));
            } else {
                remove(key);
            }
        }
    }

    private void remove(DocumentKey key) {
        var symbol = key.symbol().orElse(null);
        var collection = symbol == null ? PythonBotData.GLOBAL_PARAMETERS : PythonBotData.SYMBOL_PARAMETERS;
        var row = new SourceRow(collection, "without " + key.path(), Map.of());
        var wish = new Wish.NoParameters(key.strategyId().orElseThrow(), symbol);
        var reason = "imported from an audit, but no longer in force";
        var notes = List.of("the audit says nothing of its end");
        var change = new SourceChange(row, null, IMPORTER, reason, wish, notes);
        take(change, notBefore(Instant.EPOCH), Verdict.LEVELLED);
    }

    private Instant notBefore(Instant at) {
        var newest = events.isEmpty() ? Instant.EPOCH : events.getLast().at();
        return at.isBefore(newest) ? newest : at;
    }

    private void leaveOut(SourceRow row, String note) {
        var at = row.time("updated_at").orElse(null);
        items.add(new ImportItem(row.collection(), row.id(), at, null, false, Verdict.LEFT_OUT, 0, List.of(note)));
    }

    private void judge(SourceChange change, Verdict verdict, long revision, List<String> notes) {
        judged.add(change.row());
        var collection = change.row().collection();
        var isInForce = !PythonBotData.isHistory(collection);
        var document = documentOf(change);
        items.add(new ImportItem(
                collection,
                change.row().id(),
                change.at(),
                document.isEmpty() ? null : document,
                isInForce,
                verdict,
                revision,
                notes));
    }

    private static String documentOf(SourceChange change) {
        var wish = change.wish();
        return wish == null ? "" : wish.document();
    }
}
