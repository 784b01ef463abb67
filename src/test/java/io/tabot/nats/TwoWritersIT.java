package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.journal.Acknowledged;
import io.tabot.journal.FaultedService;
import io.tabot.journal.MongoJournal;
import io.tabot.journal.MongoUri;
import io.tabot.journal.MySqlJournal;
import io.tabot.journal.MySqlUri;
import io.tabot.journal.WitnessStore;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two writers of one environment that know nothing of each other, as after a split of a cluster. */
@Tag("faults")
class TwoWritersIT {
    private static final Logger LOG = LoggerFactory.getLogger(TwoWritersIT.class);
    private static final String ENVIRONMENT = "split";
    private static final NatsWitness.Bucket BUCKET = new NatsWitness.Bucket("W", 1);

    @TempDir
    Path folder;

    @Test
    void makeOneHistoryThoughEachSeesAnotherJournal() throws InterruptedException {
        try (var mariadb = MariaDbServer.running();
                var mongo = MongoServer.running();
                var server = NatsServer.running();
                var nats = connection(server);
                var othersNats = connection(server);
                var toMongo = TcpProxy.to(mongo.port());
                var othersToMySql = TcpProxy.to(mariadb.port());
                var one = new FaultedService(
                        ENVIRONMENT,
                        "one",
                        MongoUri.parse(toMongo.through(mongo.uri()), ""),
                        MySqlUri.parse(mariadb.uri()),
                        Optional.of(new NatsWitness(nats, BUCKET, ENVIRONMENT)),
                        folder)) {
            one.changes().start();
            one.changes().awaitMore(10);
            one.awaitAllLevel();
            toMongo.refuse();
            othersToMySql.refuse();
            var toOthersMySql = MySqlUri.parse(othersToMySql.through(mariadb.uri()));
            var toItsMongo = MongoUri.parse(mongo.uri(), "");
            var ofTheOther = changesOfAnother(one, toItsMongo, toOthersMySql, othersNats);
            toMongo.heal();
            one.awaitAllLevel();

            assertThat(one.changes().readsFailed()).isZero();
            Acknowledged.areInBoth(
                    one.history(MongoJournal.NAME),
                    one.history(MySqlJournal.NAME),
                    one.changes().acknowledged(),
                    ofTheOther);
        }
    }

    /** Runs another writer beside this one, until there are enough changes by both. */
    private Map<String, Long> changesOfAnother(
            FaultedService one, MongoUri mongodb, MySqlUri mysql, NatsConnection nats) throws InterruptedException {
        var witness = Optional.<WitnessStore>of(new NatsWitness(nats, BUCKET, ENVIRONMENT));
        try (var other = new FaultedService(ENVIRONMENT, "other", mongodb, mysql, witness, folder)) {
            other.changes().start();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> one.changes().count() + other.changes().count() > 100
                            && other.changes().count() > 0);
            one.changes().close();
            other.changes().close();
            LOG.warn(
                    "cut off from one journal each: {} and {} changes were acknowledged",
                    one.changes().count(),
                    other.changes().count());
            assertThat(other.changes().readsFailed()).isZero();
            return other.changes().acknowledged();
        }
    }

    private static NatsConnection connection(NatsServer server) {
        var connection = new NatsConnection(NatsFixture.settings(server), new SimpleMeterRegistry());
        connection.start();
        await().until(connection::connected);
        return connection;
    }
}
