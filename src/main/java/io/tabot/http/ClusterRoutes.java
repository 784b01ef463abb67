package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.NodeName;
import io.tabot.ops.NodeReport;
import io.tabot.ops.NodeReporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * The nodes that serve the environment together; one alone is a cluster, too.
 *
 * <pre>
 * GET /api/v1/cluster   who is there, what lies where, and at which revision each node is
 * </pre>
 */
final class ClusterRoutes {
    /** After that a node counts as silent: the others' words are worth having. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Word(String node, Optional<NodeReport> report) {}

    private final Api api;
    private final ConfigAccess config;
    private final ActorSystem<?> system;

    ClusterRoutes(Api api, ConfigAccess config) {
        this.api = api;
        this.config = config;
        this.system = config.system();
    }

    Route create() {
        return api.at("/api/v1/cluster", () -> get(() -> extractRequest(request -> api.answer(show(request)))));
    }

    private CompletionStage<Answer> show(HttpRequest request) {
        return new QueryFields(request)
                .refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> reporters().thenCompose(this::askAll).thenApply(reports -> Answer.ok(view(reports))));
    }

    private ClusterView view(Map<String, NodeReport> reports) {
        return ClusterView.of(new ClusterView.Known(
                config.environment(), NodeName.of(system), Cluster.get(system).state(), reports, config.voters()));
    }

    /** Those of nodes that are out of reach, too: they may just have come back. */
    private CompletionStage<Collection<ActorRef<NodeReporter.Command>>> reporters() {
        var key = NodeReporter.key(config.environment());
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(), replyTo -> Receptionist.find(key, replyTo), PATIENCE, system.scheduler())
                .handle((listing, failure) -> failure == null ? listing.getAllServiceInstances(key) : List.of());
    }

    private CompletionStage<Map<String, NodeReport>> askAll(Collection<ActorRef<NodeReporter.Command>> reporters) {
        var words = reporters.stream().map(this::ask).toList();
        return CompletableFuture.allOf(words.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            var reports = new TreeMap<String, NodeReport>();
            for (var word : words) {
                word.join().report().ifPresent(report -> reports.put(word.join().node(), report));
            }
            return reports;
        });
    }

    private CompletableFuture<Word> ask(ActorRef<NodeReporter.Command> reporter) {
        return AskPattern.<NodeReporter.Command, NodeReport>ask(
                        reporter, NodeReporter.Describe::new, PATIENCE, system.scheduler())
                .handle((report, _) -> new Word(NodeName.of(system, reporter), Optional.ofNullable(report)))
                .toCompletableFuture();
    }
}
