package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEntitySettings;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigView;
import io.tabot.config.HashChain;
import io.tabot.config.LastStateFile;
import io.tabot.config.Voter;
import io.tabot.config.VoterState;
import io.tabot.config.VoterStatus;
import io.tabot.testing.Events;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.RunningEntity;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of real servers under steady changes: what was acknowledged is in both journals afterwards, once, and the
 * configuration could be read all the time.
 */
class TwoJournalsIT {
    private static final Logger LOG = LoggerFactory.getLogger(TwoJournalsIT.class);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static MariaDbServer mariadb;
    private static MongoServer mongo;
    private static JournalPlugin mongodb;
    private static JournalPlugin mysql;
    private static ActorTestKit actors;

    private final String environment = "faults-" + NAMES.incrementAndGet();
    private final WitnessFile witness = new WitnessFile(folder, environment);
    private final ConfigView view = new ConfigView();
    private ActorRef<ConfigEntity.Command> entity;
    private ActorRef<ConfigFeed.Command> feed;
    private SteadyChanges changes;

    @BeforeAll
    static void startServers() {
        mariadb = MariaDbServer.running();
        mongo = MongoServer.running();
        var mongoUri = MongoUri.parse(mongo.uri(), "");
        var mysqlUri = MySqlUri.parse(mariadb.uri());
        mongodb = MongoJournal.plugin(mongoUri);
        mysql = MySqlJournal.plugin(mysqlUri);
        actors = TestCluster.withJournal(MongoJournal.config(mongoUri).withFallback(MySqlJournal.config(mysqlUri)));
    }

    @AfterAll
    static void stopServers() {
        actors.shutdownTestKit();
        mongo.close();
        mariadb.close();
    }

    @BeforeEach
    void startChanges() {
        entity = actors.spawn(ConfigEntity.create(settings()));
        feed = actors.spawn(ConfigFeed.create(
                new ConfigFeed.Parts(
                        environment,
                        Events.CATALOG,
                        view,
                        new LastStateFile(folder, environment),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Tracer.OFF),
                entity));
        changes = new SteadyChanges(actors, entity, view);
        changes.start();
        changes.awaitMore(10);
        awaitAllLevel();
    }

    @AfterEach
    void letGo() throws InterruptedException {
        changes.close();
        actors.stop(feed);
        actors.stop(entity);
        witness.close();
    }

    @Test
    void losesNothingWhenMongoDbIsKilled() throws InterruptedException {
        mongo.kill();
        changes.awaitMore(20);
        mongo.start();
        checkAllIsThere("MongoDB killed");
    }

    @Test
    void losesNothingWhenMySqlIsKilled() throws InterruptedException {
        mariadb.kill();
        changes.awaitMore(20);
        mariadb.start();
        checkAllIsThere("MySQL killed");
    }

    @Test
    void losesNothingWhenMongoDbHangs() throws InterruptedException {
        mongo.pause();
        changes.awaitMore(20);
        mongo.resume();
        checkAllIsThere("MongoDB hung");
    }

    @Test
    void losesNothingWhenMySqlHangs() throws InterruptedException {
        mariadb.pause();
        changes.awaitMore(20);
        mariadb.resume();
        checkAllIsThere("MySQL hung");
    }

    @Test
    void losesNothingWhenMongoDbComesBackEmpty() throws InterruptedException {
        mongo.kill();
        changes.awaitMore(20);
        mongo.empty();
        mongo.start();
        checkAllIsThere("MongoDB emptied");
    }

    @Test
    void losesNothingWhenMySqlComesBackEmpty() throws InterruptedException {
        mariadb.kill();
        changes.awaitMore(20);
        mariadb.empty();
        mariadb.start();
        checkAllIsThere("MySQL emptied");
    }

    @Test
    void readsGoOnWithEveryJournalDown() throws InterruptedException {
        mongo.kill();
        mariadb.kill();
        TestCluster.eventually(
                view::voters,
                voters -> voters.stream()
                                .filter(voter -> voter.state() == VoterStatus.State.AWAY)
                                .count()
                        == 2);
        var revision = view.current().orElseThrow().state().revision();
        mongo.start();
        mariadb.start();
        changes.awaitMore(20);
        checkAllIsThere("both killed");

        assertThat(revision).isPositive();
    }

    private void checkAllIsThere(String fault) throws InterruptedException {
        awaitAllLevel();
        changes.awaitMore(5);
        changes.close();
        awaitAllLevel();
        LOG.warn(
                "{}: {} ms without an accepted change",
                fault,
                changes.longestGap().toMillis());
        actors.stop(feed);
        actors.stop(entity);
        var inMongoDb = history(mongodb);
        var inMySql = history(mysql);

        assertThat(changes.readsFailed()).isZero();
        assertThat(HashChain.verify(inMongoDb)).isEmpty();
        assertThat(inMongoDb).isEqualTo(inMySql);
        var revisions = inMongoDb.stream()
                .filter(event -> event.idempotency() != null)
                .collect(Collectors.toMap(event -> event.idempotency().key(), ConfigEvent::revision));
        assertThat(revisions).containsAllEntriesOf(changes.acknowledged());
    }

    private void awaitAllLevel() {
        TestCluster.eventually(
                view::voters,
                voters -> voters.size() == 3
                        && voters.stream().allMatch(voter -> voter.state() == VoterStatus.State.LEVEL));
    }

    private List<ConfigEvent> history(JournalPlugin plugin) {
        var journal = actors.spawn(ConfigJournal.create(environment, plugin));
        var revision =
                TestCluster.eventually(() -> read(journal), state -> true).revision();
        TestProbe<Voter.EventsReply> probe = actors.createTestProbe();
        journal.tell(new Voter.ReadEvents(1, (int) revision, probe.getRef()));
        var events = probe.expectMessageClass(Voter.Events.class, Duration.ofSeconds(20))
                .events();
        actors.stop(journal);
        return events;
    }

    private static VoterState read(ActorRef<Voter.Command> journal) {
        TestProbe<Voter.Reply> probe = actors.createTestProbe();
        journal.tell(new Voter.Read(probe.getRef()));
        return probe.expectMessageClass(Voter.Holds.class, Duration.ofSeconds(3))
                .state();
    }

    private ConfigEntitySettings settings() {
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        voters.put(mongodb.voter(), ConfigJournal.create(environment, mongodb));
        voters.put(mysql.voter(), ConfigJournal.create(environment, mysql));
        voters.put(Voter.WITNESS, Witness.create(witness));
        return RunningEntity.settings(
                environment, voters, Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofMillis(500));
    }
}
