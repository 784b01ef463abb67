package io.tabot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEntitySettings;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigNotices;
import io.tabot.config.ConfigState;
import io.tabot.config.HashChain;
import io.tabot.config.Outcome;
import io.tabot.config.Voter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** The entity of a configuration on its own, and what tests ask of it. */
public record RunningEntity(ActorTestKit actors, ActorRef<ConfigEntity.Command> ref) {
    /** Within it comes every answer, also that nothing was confirmed. */
    public static final Duration SOON = Duration.ofSeconds(20);

    private static final AtomicInteger WRITERS = new AtomicInteger();
    private static final AtomicInteger VALUES = new AtomicInteger(100);

    public static RunningEntity start(ActorTestKit actors, ConfigEntitySettings settings) {
        return new RunningEntity(actors, actors.spawn(ConfigEntity.create(settings)));
    }

    /** For voters in memory, which answer at once or never. */
    public static ConfigEntitySettings settings(String environment, Map<String, Behavior<Voter.Command>> voters) {
        return settings(environment, voters, Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(100));
    }

    /** Of an entity that begins with {@link Events#first} and is a writer that never was before. */
    public static ConfigEntitySettings settings(
            String environment,
            Map<String, Behavior<Voter.Command>> voters,
            Duration appendTimeout,
            Duration patience,
            Duration heartbeat) {
        return new ConfigEntitySettings(
                environment,
                Events.RULES,
                voters,
                Optional.of(Events.first()),
                Clock.systemUTC(),
                () -> "writer-" + WRITERS.incrementAndGet(),
                appendTimeout,
                patience,
                heartbeat,
                ConfigNotices.NONE);
    }

    public void tell(ConfigEntity.Command command) {
        ref.tell(command);
    }

    public void stop() {
        actors.stop(ref);
    }

    public ChangeReply change(ConfigCommand command) {
        return change(command, false);
    }

    public ChangeReply dryRun(ConfigCommand command) {
        return change(command, true);
    }

    /** Tried again until it is decided, so it may be found stored already. */
    public ChangeReply.Decided changed(int maxPositions) {
        return TestCluster.eventually(
                () -> {
                    var reply = change(Events.maxPositions(maxPositions, "because"));
                    assertThat(reply).isInstanceOf(ChangeReply.Decided.class);
                    return (ChangeReply.Decided) reply;
                },
                _ -> true);
    }

    /** Makes new changes until one is accepted whose answer is right. */
    public ChangeReply.Decided accepted(Predicate<ChangeReply.Decided> isRight) {
        var reply = TestCluster.eventually(
                () -> change(Events.maxPositions(VALUES.incrementAndGet(), "because")),
                answer -> answer instanceof ChangeReply.Decided decided
                        && decided.outcome() instanceof Outcome.Accept
                        && isRight.test(decided));
        return (ChangeReply.Decided) reply;
    }

    /** Asks until the history is open. */
    public ConfigState state() {
        TestProbe<ConfigFeed.Command> probe = actors.createTestProbe();
        return TestCluster.eventually(
                () -> {
                    tell(new ConfigEntity.GetState(probe.getRef(), 0, 0, HashChain.GENESIS));
                    return probe.expectMessageClass(ConfigFeed.StateIs.class, Duration.ofMillis(300))
                            .state();
                },
                state -> state.revision() > 0);
    }

    private ChangeReply change(ConfigCommand command, boolean validateOnly) {
        TestProbe<ChangeReply> probe = actors.createTestProbe();
        tell(new ConfigEntity.Change(command, validateOnly, probe.getRef()));
        return probe.receiveMessage(SOON);
    }
}
