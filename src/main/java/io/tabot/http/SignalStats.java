package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalBounds;
import io.tabot.signal.SignalCounts;
import io.tabot.signal.SignalCounts.Group;
import io.tabot.signal.SignalGrouping;
import io.tabot.signal.SignalGrouping.Field;
import io.tabot.signal.SignalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Counts of signals as answers: plainly, or before and after a change. */
final class SignalStats {
    private static final Duration HOUR = Duration.ofHours(1);

    /** What is counted, and where. */
    record Request(SignalStore store, String environment, Filter filter, SignalGrouping grouping) {
        CompletionStage<SignalCounts> count(SignalBounds bounds, SignalGrouping other) {
            return store.count(environment, filter.with(bounds), other);
        }
    }

    /** Of one group, how many on each side of a change. */
    private static final class Sides {
        private long before;
        private long after;
    }

    private SignalStats() {}

    static CompletionStage<Answer> count(Request request) {
        return request.count(request.filter().bounds(), request.grouping())
                .thenApply(counted -> counted.isWhole() ? counts(request, counted) : tooMany());
    }

    /**
     * The change is where candles begin to be decided under that revision or a later one, to the hour: so a replay of
     * the past is told apart, too. Any signal tells where that is, since the change may have silenced the wanted ones.
     * Before it count earlier revisions, after it that one and later ones.
     */
    static CompletionStage<Answer> around(Request request, long revision, Duration span) {
        var bounds = request.filter().bounds();
        var since = Filter.ANY.with(SignalBounds.of(null, null, revision));
        var begun = request.store().count(request.environment(), since, new SignalGrouping(Set.of(), HOUR));
        return begun.thenCompose(found -> {
            var first = found.counts().keySet().stream()
                    .map(Group::bucket)
                    .min(Comparator.naturalOrder())
                    .map(Instant::ofEpochMilli);
            if (first.isEmpty()) {
                return CompletableFuture.completedFuture(
                        sides(request, new TreeMap<>(), new TreeMap<>(), revision, null, span));
            }
            var fields = EnumSet.of(Field.REVISION);
            fields.addAll(request.grouping().fields());
            var within = new SignalBounds(
                    first.get().minus(span),
                    first.get().plus(span),
                    bounds.confidenceMin(),
                    bounds.confidenceMax(),
                    null,
                    null,
                    bounds.published());
            return request.count(within, new SignalGrouping(fields, HOUR))
                    .thenApply(counted ->
                            counted.isWhole() ? sides(request, counted, revision, first.get(), span) : tooMany());
        });
    }

    private static Answer counts(Request request, SignalCounts counted) {
        var items = new ArrayList<Map<String, @Nullable Object>>();
        counted.counts().entrySet().stream().sorted(SignalStats::compare).forEach(entry -> {
            var item = item(request.grouping().fields(), entry.getKey());
            item.put("count", entry.getValue());
            items.add(item);
        });
        return Answer.ok(items)
                .with("total", total(counted))
                .with("groups", items.size())
                .with("source", request.store().name());
    }

    private static int compare(Map.Entry<Group, Long> one, Map.Entry<Group, Long> other) {
        var first = one.getKey().bucket();
        var second = other.getKey().bucket();
        var byTime = first == null || second == null ? 0 : first.compareTo(second);
        var byCount = byTime == 0 ? Long.compare(other.getValue(), one.getValue()) : byTime;
        return byCount == 0
                ? String.join("|", one.getKey().values())
                        .compareTo(String.join("|", other.getKey().values()))
                : byCount;
    }

    private static Answer sides(Request request, SignalCounts counted, long revision, Instant first, Duration span) {
        var fields = request.grouping().fields();
        var groups = new TreeMap<String, Sides>();
        var names = new TreeMap<String, Map<String, @Nullable Object>>();
        var hours = List.of(new HashSet<Long>(), new HashSet<Long>());
        counted.counts().forEach((group, count) -> {
            // The revision is the last field, and asked for here alone where it is none of the request's.
            var isAfter = isAtLeast(group.values().getLast(), revision);
            var values = fields.contains(Field.REVISION)
                    ? group.values()
                    : group.values().subList(0, group.values().size() - 1);
            var key = String.join("|", values);
            names.putIfAbsent(key, item(fields, new Group(null, values)));
            var sides = groups.computeIfAbsent(key, _ -> new Sides());
            sides.before += isAfter ? 0 : count;
            sides.after += isAfter ? count : 0;
            hours.get(isAfter ? 1 : 0).add(group.bucket());
        });
        var answer = sides(request, names, groups, revision, first, span);
        return answer.with("hours_before", hours.getFirst().size())
                .with("hours_after", hours.getLast().size());
    }

    private static boolean isAtLeast(String value, long revision) {
        return !value.equals("null") && Long.parseLong(value) >= revision;
    }

    private static Answer sides(
            Request request,
            Map<String, Map<String, @Nullable Object>> names,
            Map<String, Sides> groups,
            long revision,
            @Nullable Instant first,
            Duration span) {
        var items = new ArrayList<Map<String, @Nullable Object>>();
        groups.forEach((key, sides) -> {
            var item = new LinkedHashMap<String, @Nullable Object>(names.getOrDefault(key, Map.of()));
            item.put("before", sides.before);
            item.put("after", sides.after);
            item.put("change", sides.after - sides.before);
            items.add(item);
        });
        return Answer.ok(items)
                .with("around_revision", revision)
                .with("first_candle", first)
                .with("hours", span.toHours())
                .with(
                        "total_before",
                        groups.values().stream()
                                .mapToLong(sides -> sides.before)
                                .sum())
                .with(
                        "total_after",
                        groups.values().stream().mapToLong(sides -> sides.after).sum())
                .with("groups", items.size())
                .with("source", request.store().name());
    }

    private static Map<String, @Nullable Object> item(Set<Field> fields, Group group) {
        var item = new LinkedHashMap<String, @Nullable Object>();
        if (group.bucket() != null) {
            item.put("bucket", Instant.ofEpochMilli(group.bucket()));
        }
        var values = group.values().iterator();
        for (var field : fields) {
            var value = values.next();
            item.put(field.id(), field == Field.REVISION ? number(value) : value);
        }
        return item;
    }

    private static @Nullable Long number(String value) {
        return value.equals("null") ? null : Long.valueOf(value);
    }

    private static long total(SignalCounts counted) {
        return counted.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Answer tooMany() {
        return ErrorItems.refusal(List.of(new FieldError(
                "group_by",
                Code.OUT_OF_RANGE,
                "more than " + SignalGrouping.GROUPS_MAX + " groups: ask for fewer fields, a longer bucket or a"
                        + " shorter time",
                null,
                null)));
    }
}
