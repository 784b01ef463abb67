package io.tabot.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.HashChain;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.HistoryChecker;
import io.tabot.testing.HistoryChecker.Published;
import io.tabot.testing.HistoryChecker.Revision;
import io.tabot.testing.HistoryChecker.Sent;
import io.tabot.testing.SignalOracle;
import io.tabot.walk.Market.Place;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds what a walk left behind against the rules and the engine alone. */
final class Verdict {
    private final Market market;
    private final List<Walk.Disturbance> disturbances;
    private final PrintStream out;
    private final SignalOracle oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
    private final List<ConfigState> states = new ArrayList<>();
    private String askedCandle = "";
    private long askedRevision;
    private Map<String, String> answered = Map.of();

    Verdict(Market market, List<Walk.Disturbance> disturbances, PrintStream out) {
        this.market = market;
        this.disturbances = disturbances;
        this.out = out;
    }

    List<String> on(Walk.World world) {
        var histories = Changes.histories(world.nodes());
        var history = histories.values().iterator().next();
        states.add(ConfigState.empty(CandleTraffic.ENVIRONMENT));
        history.forEach(event -> states.add(states.getLast().apply(event)));

        var candles = world.candles().sent().stream().map(this::published).toList();
        var signals = new ArrayList<Sent>();
        world.candles().signals(stored -> signals.add(sent(stored)));

        var findings = new ArrayList<String>();
        world.changes().failure().ifPresent(findings::add);
        if (signals.size() < candles.size() / 10
                || world.changes().acknowledged().isEmpty()) {
            findings.add("too little happened to be judged");
        }
        findings.addAll(changes(world, histories));
        var checker = new HistoryChecker(this::signals);
        findings.addAll(checker.signals(candles, signals));
        var indispensable = checker.indispensable(candles, signals);
        if (indispensable < signals.size() / 10) {
            findings.add("only " + indispensable + " of the signals would have been missed");
        }
        out.printf(
                "walk: %d changes heard from nodes as they came into force there%n",
                world.streams().heard().size());
        out.printf(
                "walk: %d candles without a fault near, %d signals that would have been missed%n",
                candles.stream().filter(candle -> !candle.disturbed()).count(), indispensable);
        out.printf(
                "walk: %d candles, %d signals, %d changes, %d candles with signals of two revisions, %d findings%n",
                candles.size(),
                signals.size(),
                world.changes().acknowledged().size(),
                HistoryChecker.mixed(signals),
                findings.size());
        return findings;
    }

    private static List<String> changes(Walk.World world, Map<String, List<ConfigEvent>> histories) {
        var changes = world.changes();
        var history = histories.values().iterator().next();
        var findings = new ArrayList<String>();
        HashChain.verify(history).ifPresent(broken -> findings.add("the history is broken: " + broken));
        findings.addAll(HistoryChecker.changes(changes.acknowledged(), revisions(histories)));
        findings.addAll(HistoryChecker.shown(changes.shown(), revisions(history)));
        findings.addAll(HistoryChecker.shown(world.streams().heard(), hashes(history)));
        if (world.streams().heard().size() < changes.acknowledged().size()) {
            findings.add("too few changes were heard from the nodes to be judged");
        }
        findings.addAll(HistoryChecker.ends(changes.last(), history.getLast().revision()));
        return findings;
    }

    private Published published(CandleRun.Sent candle) {
        return new Published(candle.place.toString(), candle.firstRevisions, candle.lastRevision, isDisturbed(candle));
    }

    private boolean isDisturbed(CandleRun.Sent candle) {
        return disturbances.stream()
                .anyMatch(disturbance ->
                        candle.publishedAt - disturbance.to() < 0 && disturbance.from() - candle.acknowledgedAt < 0);
    }

    private Sent sent(Stored stored) {
        return new Sent(
                String.valueOf(stored.id()),
                market.place(stored.json()).toString(),
                String.valueOf(stored.node()),
                stored.revision(),
                brief(stored.signal()));
    }

    /** The one who asks comes with all signals of one candle after the other. */
    private Map<String, String> signals(String candle, long revision) {
        if (revision < 1 || revision >= states.size()) {
            return Map.of();
        }
        if (!candle.equals(askedCandle) || revision != askedRevision) {
            var signals = new LinkedHashMap<String, String>();
            market.signals(oracle, Place.of(candle), states.get((int) revision))
                    .forEach(signal -> signals.put(signal.path("intent_id").asText(), brief(signal)));
            askedCandle = candle;
            askedRevision = revision;
            answered = signals;
        }
        return answered;
    }

    /** Short enough to hold many, and different for each content. */
    private static String brief(JsonNode signal) {
        var text = signal.toString();
        return signal.path("strategy_id").asText() + " " + signal.path("action").asText() + " "
                + Long.toHexString(text.hashCode() * 31L
                        + new StringBuilder(text).reverse().toString().hashCode());
    }

    private static Map<String, List<Revision>> revisions(Map<String, List<ConfigEvent>> histories) {
        return histories.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> revisions(entry.getValue())));
    }

    private static List<Revision> revisions(List<ConfigEvent> history) {
        return history.stream()
                .map(event -> new Revision(event.revision(), Changes.contentOf(event)))
                .toList();
    }

    private static List<Revision> hashes(List<ConfigEvent> history) {
        return history.stream()
                .map(event -> new Revision(event.revision(), event.hash()))
                .toList();
    }
}
