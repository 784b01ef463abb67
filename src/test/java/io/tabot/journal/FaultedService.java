package io.tabot.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEntitySettings;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigView;
import io.tabot.config.LastStateFile;
import io.tabot.config.Voter;
import io.tabot.config.VoterStatus;
import io.tabot.testing.Events;
import io.tabot.testing.RunningEntity;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;

/**
 * What holds the configuration in one process: an actor system with the writer and the feed, over journals and perhaps
 * a witness, and a client that makes changes all the time. A writer that another deposed starts again, as on a node.
 */
public final class FaultedService implements AutoCloseable {
    private final ActorTestKit actors;
    private final String environment;
    private final List<JournalPlugin> journals;
    private final Optional<WitnessStore> witness;
    private final ConfigView view = new ConfigView();
    private final ActorRef<ConfigEntity.Command> entity;
    private final SteadyChanges changes;

    /** @param client whose changes these are; part of their keys */
    public FaultedService(
            String environment,
            String client,
            MongoUri mongodb,
            MySqlUri mysql,
            Optional<WitnessStore> witness,
            Path folder) {
        this(
                TestCluster.withJournal(MongoJournal.config(mongodb).withFallback(MySqlJournal.config(mysql))),
                environment,
                client,
                List.of(MongoJournal.plugin(mongodb), MySqlJournal.plugin(mysql)),
                witness,
                folder);
    }

    FaultedService(
            ActorTestKit actors,
            String environment,
            String client,
            List<JournalPlugin> journals,
            Optional<WitnessStore> witness,
            Path folder) {
        this.actors = actors;
        this.environment = environment;
        this.journals = journals;
        this.witness = witness;
        this.entity = actors.spawn(kept(ConfigEntity.create(settings())));
        actors.spawn(ConfigFeed.create(
                new ConfigFeed.Parts(
                        environment,
                        Events.CATALOG,
                        view,
                        new LastStateFile(folder, environment + client),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Tracer.OFF),
                entity));
        this.changes = new SteadyChanges(client, actors, entity, view);
    }

    public SteadyChanges changes() {
        return changes;
    }

    public ConfigView view() {
        return view;
    }

    /** Until every voter holds what it has to. */
    public void awaitAllLevel() {
        awaitAllLevel(Duration.ofSeconds(30));
    }

    void awaitAllLevel(Duration patience) {
        Awaitility.await().atMost(patience).until(() -> areAllLevel(view.voters()));
    }

    private boolean areAllLevel(List<VoterStatus> voters) {
        return voters.size() == journals.size() + witness.stream().count()
                && voters.stream().allMatch(voter -> voter.state() == VoterStatus.State.LEVEL);
    }

    /** What a journal holds, read anew. The writer must be level, and no change under way. */
    public List<ConfigEvent> history(String voter) {
        var plugin = journals.stream()
                .filter(journal -> journal.voter().equals(voter))
                .findFirst()
                .orElseThrow();
        var journal = actors.spawn(ConfigJournal.create(environment, plugin));
        TestProbe<Voter.Reply> replies = actors.createTestProbe();
        journal.tell(new Voter.Read(replies.getRef()));
        var head = replies.expectMessageClass(Voter.Holds.class, Duration.ofSeconds(20))
                .state()
                .revision();
        TestProbe<Voter.EventsReply> pages = actors.createTestProbe();
        journal.tell(new Voter.ReadEvents(1, (int) head, pages.getRef()));
        var events = pages.expectMessageClass(Voter.Events.class, Duration.ofSeconds(20))
                .events();
        actors.stop(journal);
        return events;
    }

    @Override
    public void close() throws InterruptedException {
        changes.close();
        actors.shutdownTestKit();
    }

    /** Passes everything on to a child, and starts another when it has ended. */
    private static Behavior<ConfigEntity.Command> kept(Behavior<ConfigEntity.Command> entity) {
        Behavior<ConfigEntity.Command> keeper = Behaviors.setup(context -> {
            var child = context.spawn(entity, "entity");
            context.watch(child);
            return Behaviors.receiveMessage(command -> {
                child.tell(command);
                return Behaviors.same();
            });
        });
        // The end of the child is not handled, so that it fails its parent, which is then restarted.
        return Behaviors.supervise(keeper)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(2), 0.2));
    }

    private ConfigEntitySettings settings() {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        journals.forEach(journal -> voters.put(journal.voter(), ConfigJournal.create(environment, journal)));
        witness.ifPresent(store -> voters.put(Voter.WITNESS, Witness.create(store)));
        return RunningEntity.settings(
                environment, voters, Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofMillis(500));
    }
}
