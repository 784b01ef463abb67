package io.tabot.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     */
    public record Published(String candle, long firstRevision, long lastRevision) {}

    /**
     * A message of the stream of signals.
     *
     * @param content without what depends on the time of sending
     */
    public record Sent(String id, String candle, long revision, String content) {}

    /** A revision, as its caller was told or as a node shows it. */
    public record Revision(long number, String hash) {}

    /** What the engine alone says. */
    @FunctionalInterface
    public interface Engine {
        /** The contents of the signals on a candle under a revision. */
        Set<String> signals(String candle, long revision);
    }

    private final Engine engine;

    public HistoryChecker(Engine engine) {
        this.engine = engine;
    }

    /** Whether the stream holds, for each candle, exactly what one revision in force says, each signal once. */
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
            for (var number = 1L; number <= newest; number++) {
                var wanted = number;
                if (history.stream().noneMatch(revision -> revision.number() == wanted)) {
                    findings.add("revision " + number + " is missing on " + node);
                }
            }
        });
        acknowledged.stream()
                .filter(revision -> !revision.hash().equals(known.get(revision.number())))
                .forEach(revision -> findings.add("acknowledged revision " + revision.number() + " is lost"));
        return findings;
    }

    private List<String> candle(Published candle, List<Sent> signals) {
        var revisions = signals.stream().map(Sent::revision).collect(toSet());
        if (revisions.isEmpty()) {
            return mayBeSilent(candle) ? List.of() : List.of("no signals on " + candle.candle());
        }
        if (revisions.size() > 1) {
            return List.of(candle.candle() + " was evaluated under several revisions: " + new TreeSet<>(revisions));
        }
        var revision = revisions.iterator().next();
        if (revision < candle.firstRevision() || revision > candle.lastRevision()) {
            return List.of(candle.candle() + " was evaluated under revision " + revision + ", which was not in force");
        }
        var contents = signals.stream().map(Sent::content).collect(toSet());
        return contents.equals(engine.signals(candle.candle(), revision))
                ? List.of()
                : List.of("the signals on " + candle.candle() + " are not those of revision " + revision);
    }

    private boolean mayBeSilent(Published candle) {
        return LongStream.rangeClosed(candle.firstRevision(), candle.lastRevision())
                .anyMatch(revision -> engine.signals(candle.candle(), revision).isEmpty());
    }
}
