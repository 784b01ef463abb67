package io.tabot.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Judges what a service has done under faults: whether any signal was lost, repeated or made up, and whether any
 * acknowledged change was lost or shown in two ways. Pure; an empty list of findings is a good verdict.
 */
public final class HistoryChecker {
    /**
     * A candle that was published, and the revisions that were in force between that and its acknowledgement.
     *
     * @param candle series and open time, in one text
     * @param firstRevisions what each node had in force when it was published
     * @param disturbed whether a fault fell into that time, after which the candle may have been evaluated once more
     */
    public record Published(String candle, Map<String, Long> firstRevisions, long lastRevision, boolean disturbed) {
        long firstRevision() {
            return firstRevisions.values().stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * A message of the stream of signals.
     *
     * @param node that evaluated
     * @param content without what depends on the time of sending
     */
    public record Sent(String id, String candle, String node, long revision, String content) {}

    /** A revision, as its caller was told or as a node's history has it. */
    public record Revision(long number, String hash) {}

    /**
     * What one life of a node showed at a moment; in the order of the moments.
     *
     * @param hash of whatever tells two contents apart
     */
    public record Shown(String node, long revision, String hash) {}

    /** What the engine alone says. */
    @FunctionalInterface
    public interface Engine {
        /** The contents of the signals on a candle under a revision, by id. */
        Map<String, String> signals(String candle, long revision);
    }

    private final Engine engine;

    public HistoryChecker(Engine engine) {
        this.engine = engine;
    }

    /**
     * Whether the stream holds, for each candle, exactly what a revision in force says, each signal once. A disturbed
     * candle may have been evaluated again under a later revision: then each of its signals is that of the revision
     * which it names, and all signals of one revision are there.
     */
    public List<String> signals(List<Published> candles, List<Sent> signals) {
        var findings = new ArrayList<String>();
        var ids = new HashSet<String>();
        signals.stream()
                .filter(signal -> !ids.add(signal.id()))
                .forEach(signal -> findings.add("signal " + signal.id() + " is there twice"));
        var byCandle = signals.stream().collect(groupingBy(Sent::candle));
        for (var candle : candles) {
            findings.addAll(candle(candle, byCandle.getOrDefault(candle.candle(), List.of())));
            byCandle.remove(candle.candle());
        }
        new TreeSet<>(byCandle.keySet())
                .forEach(candle -> findings.add("signals on " + candle + ", which nobody has published"));
        return findings;
    }

    /**
     * Whether every acknowledged change is in every node's history, and all of those are the same.
     *
     * @param histories by node, read at the end
     */
    public static List<String> changes(List<Revision> acknowledged, Map<String, List<Revision>> histories) {
        var findings = new ArrayList<String>();
        var known = new HashMap<Long, String>();
        histories.forEach((node, history) -> history.forEach(revision -> {
            var other = known.putIfAbsent(revision.number(), revision.hash());
            if (other != null && !other.equals(revision.hash())) {
                findings.add("revision " + revision.number() + " has two hashes, one of them on " + node);
            }
        }));
        var newest = known.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        histories.forEach((node, history) -> {
            var held = history.stream().map(Revision::number).collect(toSet());
            LongStream.rangeClosed(1, newest)
                    .filter(number -> !held.contains(number))
                    .forEach(number -> findings.add("revision " + number + " is missing on " + node));
        });
        acknowledged.stream()
                .filter(revision -> !revision.hash().equals(known.get(revision.number())))
                .forEach(revision -> findings.add("acknowledged revision " + revision.number() + " is lost"));
        return findings;
    }

    /** Whether no node ever showed another content of a revision than the history has, or went back to an older one. */
    public static List<String> shown(List<Shown> shown, List<Revision> history) {
        var findings = new ArrayList<String>();
        var hashes = new HashMap<Long, String>();
        history.forEach(revision -> hashes.put(revision.number(), revision.hash()));
        var newest = new HashMap<String, Long>();
        for (var moment : shown) {
            if (!moment.hash().equals(hashes.get(moment.revision()))) {
                findings.add(moment.node() + " showed a revision " + moment.revision() + " that the history has not");
            }
            var before = newest.merge(moment.node(), moment.revision(), Math::max);
            if (before > moment.revision()) {
                findings.add(moment.node() + " showed revision " + moment.revision() + " after " + before);
            }
        }
        return findings;
    }

    /** Whether every node showed the newest revision at the end. */
    public static List<String> ends(Map<String, Long> last, long newest) {
        return last.entrySet().stream()
                .filter(node -> node.getValue() != newest)
                .map(node -> node.getKey() + " ends on revision " + node.getValue() + " and not on " + newest)
                .sorted()
                .toList();
    }

    /**
     * How many of these signals could not be missing unnoticed: those that a candle has under each revision by which it
     * may be judged. It tells how sharp a good verdict is.
     */
    public long indispensable(List<Published> candles, List<Sent> signals) {
        var byCandle = signals.stream().collect(groupingBy(Sent::candle));
        return candles.stream()
                .mapToLong(candle -> indispensable(candle, byCandle.getOrDefault(candle.candle(), List.of())))
                .sum();
    }

    private long indispensable(Published candle, List<Sent> signals) {
        var ids = signals.stream().map(Sent::id).collect(toSet());
        var judges = judges(candle, signals).iterator();
        while (judges.hasNext() && !ids.isEmpty()) {
            ids.retainAll(engine.signals(candle.candle(), judges.nextLong()).keySet());
        }
        return ids.size();
    }

    /** How many candles have signals of several revisions: evaluated again after a fault, with some difference. */
    public static long mixed(List<Sent> signals) {
        return signals.stream().collect(groupingBy(Sent::candle, groupingBy(Sent::revision))).values().stream()
                .filter(revisions -> revisions.size() > 1)
                .count();
    }

    private List<String> candle(Published candle, List<Sent> signals) {
        var revisions = new TreeSet<>(signals.stream().map(Sent::revision).collect(toSet()));
        if (revisions.size() > 1 && !candle.disturbed()) {
            return List.of(candle.candle() + " was evaluated under several revisions: " + revisions);
        }
        var strange = signals.stream()
                .flatMap(signal -> notInForce(candle, signal).stream())
                .distinct()
                .toList();
        if (!strange.isEmpty()) {
            return strange;
        }
        var wrong = signals.stream()
                .filter(signal -> !Objects.equals(
                        engine.signals(candle.candle(), signal.revision()).get(signal.id()), signal.content()))
                .map(signal -> "a signal on " + candle.candle() + " is not of revision " + signal.revision() + ": "
                        + signal.content())
                .toList();
        return wrong.isEmpty() ? missing(candle, signals) : wrong;
    }

    private static Optional<String> notInForce(Published candle, Sent signal) {
        var first = candle.firstRevisions().get(signal.node());
        if (first == null) {
            return Optional.of(candle.candle() + " was evaluated by " + signal.node() + ", which nobody knows");
        }
        return first <= signal.revision() && signal.revision() <= candle.lastRevision()
                ? Optional.empty()
                : Optional.of(candle.candle() + " was evaluated under revision " + signal.revision()
                        + ", which was not in force on " + signal.node() + "; there were " + first + " to "
                        + candle.lastRevision());
    }

    private List<String> missing(Published candle, List<Sent> signals) {
        var ids = signals.stream().map(Sent::id).collect(toSet());
        var complete = judges(candle, signals)
                .anyMatch(revision -> ids.containsAll(
                        engine.signals(candle.candle(), revision).keySet()));
        return complete
                ? List.of()
                : List.of("signals on " + candle.candle() + " are missing, there are " + ids.size());
    }

    /** An undisturbed candle is complete under its own revision, any other one under one that was in force. */
    private static LongStream judges(Published candle, List<Sent> signals) {
        return signals.isEmpty() || candle.disturbed()
                ? LongStream.rangeClosed(candle.firstRevision(), candle.lastRevision())
                : signals.stream().mapToLong(Sent::revision).distinct();
    }
}
