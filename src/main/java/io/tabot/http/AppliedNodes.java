package io.tabot.http;

import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigFeed.AwaitApplied;
import io.tabot.config.ConfigFeed.InUse;
import io.tabot.config.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;

/** Waits until every node uses a revision, or patience is over, and adds to an answer who does and who does not. */
final class AppliedNodes {
    /** Beyond the patience of the question, for its way back. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * A node that has the revision.
     *
     * @param actors that use it
     * @param ms from the acknowledgement of the change to the node's word
     */
    private record Node(String node, long revision, int actors, double ms) {}

    /** @param actor that did not confirm in time; null where the node as a whole did not */
    private record Straggler(String node, @Nullable String actor) {}

    private record Applied(List<Node> nodes, List<Straggler> stragglers) {}

    /** @param said nothing where the node did not answer in time */
    private record Word(String node, @Nullable InUse said, double ms) {}

    /** @param begin when the change was acknowledged, by the stopwatch */
    private record Question(long revision, Duration patience, long begin) {}

    private final ConfigAccess config;

    AppliedNodes(ConfigAccess config) {
        this.config = config;
    }

    /** @param patience null where nothing is waited for */
    CompletionStage<Answer> answer(@Nullable Duration patience, long revision, CompletionStage<Answer> answer) {
        if (patience == null) {
            return answer;
        }
        return ask(revision, patience)
                .thenCombine(
                        answer,
                        (applied, changed) -> changed.problem() == null ? changed.with("applied", applied) : changed);
    }

    private CompletionStage<Applied> ask(long revision, Duration patience) {
        var begin = config.nanos();
        return feeds(patience).thenCompose(feeds -> {
            var words = feeds.stream()
                    .map(feed -> ask(feed, new Question(revision, patience, begin)))
                    .toList();
            return CompletableFuture.allOf(words.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> applied(
                            revision,
                            words.stream().map(CompletableFuture::join).toList()));
        });
    }

    private CompletionStage<List<ActorRef<ConfigFeed.Command>>> feeds(Duration patience) {
        var key = ConfigFeed.key(config.environment());
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        config.system().receptionist(),
                        replyTo -> Receptionist.find(key, replyTo),
                        patience,
                        config.system().scheduler())
                .handle((listing, failure) ->
                        failure == null ? List.copyOf(listing.getAllServiceInstances(key)) : List.of());
    }

    private CompletableFuture<Word> ask(ActorRef<ConfigFeed.Command> feed, Question question) {
        return AskPattern.<ConfigFeed.Command, InUse>ask(
                        feed,
                        replyTo -> new AwaitApplied(question.revision(), question.patience(), replyTo),
                        question.patience().plus(MARGIN),
                        config.system().scheduler())
                .handle((said, failure) -> new Word(
                        NodeName.of(config.system(), feed),
                        failure == null ? said : null,
                        (config.nanos() - question.begin()) / NANOS_PER_MILLI))
                .toCompletableFuture();
    }

    private Applied applied(long revision, List<Word> words) {
        var nodes = new ArrayList<Node>();
        var stragglers = new ArrayList<Straggler>();
        var missing = new TreeSet<>(List.of(NodeName.of(config.system())));
        words.forEach(word -> missing.add(word.node()));
        for (var word : words) {
            var said = word.said();
            if (said != null && said.revision() >= revision) {
                missing.remove(word.node());
                nodes.add(new Node(word.node(), said.revision(), said.actors(), word.ms()));
                said.stragglers().forEach(actor -> stragglers.add(new Straggler(word.node(), actor)));
            }
        }
        missing.forEach(node -> stragglers.add(new Straggler(node, null)));
        return new Applied(nodes, stragglers);
    }
}
