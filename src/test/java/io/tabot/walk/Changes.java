package io.tabot.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.DocumentKey;
import io.tabot.testing.HistoryChecker.Revision;
import io.tabot.testing.HistoryChecker.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A careful client that changes the configuration without a break, each change repeated at one node after the other
 * until it is acknowledged; and an observer that asks every node all the time what is in force.
 */
final class Changes {
    private static final String PATH = "/api/v1/config/application";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final int BASE = 1_000;
    /** More or fewer signals pass, so that a wrong revision shows; most pass under each, so that a lost one shows. */
    private static final double[] CONFIDENCES = {0.6, 0.65, 0.55, 0.7};

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Nodes nodes;
    private final Duration every;
    private final Random random;
    private final Pause pause = new Pause();
    private final Pause observed = new Pause();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final List<Revision> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Shown> shown = Collections.synchronizedList(new ArrayList<>());
    /** The oldest that a life may still use. */
    private final Map<Nodes.Life, Long> held = new ConcurrentHashMap<>();
    /** What a life shows as being in force now, not as the last that it knew. */
    private final Map<Nodes.Life, Long> showing = new ConcurrentHashMap<>();

    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable RuntimeException failure;
    private volatile long proposed = 1;
    private volatile long lastAcknowledged = System.nanoTime();
    private volatile Duration longestGap = Duration.ZERO;

    Changes(Nodes nodes, Duration every, long seed) {
        this.nodes = nodes;
        this.every = every;
        this.random = new Random(seed);
    }

    void start() {
        IntStream.range(0, nodes.size())
                .forEach(node -> threads.add(Thread.ofVirtual().start(() -> observe(node))));
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                change();
            } catch (RuntimeException e) {
                failure = e;
            }
        }));
    }

    /** Why changes ended before they should. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(Throwable::toString);
    }

    void stop() throws InterruptedException {
        stopChanging();
        observed.end();
        for (var thread : threads) {
            thread.join();
        }
    }

    /** No change from here on, while the nodes are still asked. */
    void stopChanging() throws InterruptedException {
        pause.end();
        threads.getLast().join();
    }

    /** What each node showed last. */
    Map<String, Long> last() {
        return nodes.lives().stream()
                .collect(Collectors.toMap(Nodes.Life::toString, life -> showing.getOrDefault(life, 0L)));
    }

    /** The newest revision that may be in force by now. */
    long proposed() {
        return proposed;
    }

    /** The oldest revision that each node may still use; one that is not running has to know what is acknowledged. */
    Map<String, Long> held() {
        var acknowledged = newestAcknowledged();
        return nodes.lives().stream()
                .collect(Collectors.toMap(
                        life -> nodes.links().name(life.node()), life -> held.getOrDefault(life, acknowledged)));
    }

    List<Revision> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** The longest time without an acknowledged change since this was last asked. */
    Duration longestGap() {
        noteGap();
        var longest = longestGap;
        longestGap = Duration.ZERO;
        return longest;
    }

    /** Whether every node shows the newest acknowledged revision or a later one. */
    boolean isEverywhere() {
        var newest = newestAcknowledged();
        return nodes.lives().stream().allMatch(life -> showing.getOrDefault(life, 0L) >= newest);
    }

    private long newestAcknowledged() {
        var known = acknowledged();
        return known.isEmpty() ? 1 : known.getLast().number();
    }

    /** What tells the content of one revision from that of another. */
    static String contentOf(ConfigEvent event) {
        var document = event.changeOf(DocumentKey.APPLICATION).orElseThrow().after();
        if (document == null) {
            throw new IllegalStateException("the application document is gone: " + event);
        }
        return content(String.valueOf(document.get("max_positions")), String.valueOf(document.get("min_confidence")));
    }

    private static String content(String positions, String confidence) {
        return Double.parseDouble(positions) + "/" + Double.parseDouble(confidence);
    }

    private void change() {
        for (var number = 1; !pause.isOver(); number++) {
            var begun = System.nanoTime();
            proposed = number + 1L;
            var body = Map.of(
                    "max_positions",
                    BASE + number,
                    "min_confidence",
                    CONFIDENCES[number % CONFIDENCES.length],
                    "changed_by",
                    "walk",
                    "reason",
                    "change " + number);
            var revision = acknowledge(body, "walk-" + number);
            if (revision.isEmpty()) {
                return;
            }
            noteGap();
            lastAcknowledged = System.nanoTime();
            acknowledged.add(new Revision(
                    revision.get(),
                    content(String.valueOf(BASE + number), String.valueOf(CONFIDENCES[number % CONFIDENCES.length]))));
            pause.elapse(every.minusNanos(System.nanoTime() - begun));
        }
    }

    /** Nothing only when the walk ends before. */
    private Optional<Long> acknowledge(Map<String, ?> body, String key) {
        while (!pause.isOver()) {
            var node = random.nextInt(nodes.size());
            try {
                var request = request(node, PATH)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return Optional.of(JSON.readTree(answer.body())
                            .path("metadata")
                            .path("revision")
                            .asLong());
                }
                if (answer.statusCode() != 503) {
                    throw new IllegalStateException("node " + node + ": " + answer.body());
                }
            } catch (IOException | NotStarted e) {
                // It may have been done or not: the next node is asked the same.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            pause.elapse(Duration.ofMillis(50));
        }
        return Optional.empty();
    }

    private void observe(int node) {
        Nodes.@Nullable Life before = null;
        while (!observed.isOver()) {
            var life = nodes.life(node);
            if (before != null && (!before.equals(life) || !before.process().isAlive())) {
                held.remove(before);
            }
            if (life.process().isAlive()) {
                before = life;
                // What was acknowledged before it was started, it has to know before it evaluates anything.
                held.putIfAbsent(life, newestAcknowledged());
                look(life);
            }
            observed.elapse(Patience.POLL);
        }
    }

    private void look(Nodes.Life life) {
        try {
            var answer = client.send(request(life.node(), PATH).GET().build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200 && nodes.life(life.node()).equals(life)) {
                note(life, JSON.readTree(answer.body()));
            }
        } catch (IOException | NotStarted e) {
            // It shows nothing at the moment.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Nodes.Life life, JsonNode answer) {
        var application = answer.path("data");
        var revision = application.path("revision").asLong();
        var content = content(
                application.path("max_positions").asText(),
                application.path("min_confidence").asText());
        var moment = new Shown(life.toString(), revision, content);
        if (answer.path("metadata").path("stale_since").isNull()) {
            showing.put(life, revision);
        }
        held.merge(life, revision, Math::max);
        shown.add(moment);
    }

    private void noteGap() {
        var gap = Duration.ofNanos(System.nanoTime() - lastAcknowledged);
        longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
    }

    private HttpRequest.Builder request(int node, String path) throws NotStarted {
        try {
            return HttpRequest.newBuilder(URI.create(nodes.process(node).address() + path))
                    .timeout(ANSWER_MAX);
        } catch (IllegalStateException e) {
            throw new NotStarted(e);
        }
    }

    /** A process that has no address yet. */
    private static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1;

        NotStarted(Throwable cause) {
            super(cause);
        }
    }

    /** Reads the history at every node: all ask the one owner, so that this finds what a node gives on wrongly. */
    static Map<String, List<ConfigEvent>> histories(Nodes nodes) {
        var histories = new HashMap<String, List<ConfigEvent>>();
        nodes.lives()
                .forEach(life -> histories.put(
                        life.toString(),
                        life.process()
                                .get("/api/v1/audit/export")
                                .text()
                                .lines()
                                .map(ConfigEventJson::read)
                                .toList()));
        return histories;
    }
}
