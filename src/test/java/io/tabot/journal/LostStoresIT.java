package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.VoterStatus;
import io.tabot.testing.DatabaseServer;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that loses what it held while a voter is connected to it, with and without traffic: that is noticed, nothing
 * is counted that lies behind a hole, and the voter is filled again without anybody's help.
 */
@Tag("faults")
class LostStoresIT {
    private static final String ENVIRONMENT = "lost";

    @TempDir
    Path folder;

    private MariaDbServer mariadb;
    private MongoServer mongo;
    private WitnessFile witness;
    private FaultedService service;

    @BeforeEach
    void start() {
        mariadb = MariaDbServer.running();
        mongo = MongoServer.running();
        witness = new WitnessFile(folder, ENVIRONMENT);
        service = new FaultedService(
                ENVIRONMENT,
                "client",
                MongoUri.parse(mongo.uri(), ""),
                MySqlUri.parse(mariadb.uri()),
                Optional.of(witness),
                folder);
        service.changes().start();
        service.changes().awaitMore(10);
        service.awaitAllLevel();
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.close();
        witness.close();
        mongo.close();
        mariadb.close();
    }

    @Test
    void fillsAMongoDbAgainThatCameBackEmptyWhileNothingHappened() throws InterruptedException {
        comesBackEmpty(mongo, MongoJournal.NAME);
    }

    @Test
    void fillsAMySqlAgainThatCameBackEmptyWhileNothingHappened() throws InterruptedException {
        comesBackEmpty(mariadb, MySqlJournal.NAME);
    }

    private void comesBackEmpty(DatabaseServer server, String voter) throws InterruptedException {
        service.changes().close();
        service.awaitAllLevel();
        server.kill();
        server.empty();
        server.start();

        awaitUnlevel(voter);
        checkAllIsThere();
    }

    @Test
    void countsNothingOfAMongoDbThatWasEmptiedUnderSteadyChanges() throws InterruptedException {
        try (var client = mongo.connect()) {
            // Dropping it under load breaks the stand-in itself.
            var database = client.getDatabase(mongo.database());
            database.getCollection(MongoStore.IDENTITIES).deleteMany(new Document());
            database.getCollection(MongoJournal.COLLECTION).deleteMany(new Document());
        }
        awaitUnlevel(MongoJournal.NAME);
        service.changes().awaitMore(20);
        service.changes().close();
        checkAllIsThere();
    }

    @Test
    void countsNothingOfAMySqlThatWasEmptiedUnderSteadyChanges() throws InterruptedException, SQLException {
        inMySql("DROP DATABASE " + MariaDbServer.DATABASE, "CREATE DATABASE " + MariaDbServer.DATABASE);
        awaitUnlevel(MySqlJournal.NAME);
        service.changes().awaitMore(20);
        service.changes().close();
        checkAllIsThere();
    }

    @Test
    void levelsAMySqlThatWasSetBackWhileNothingHappened() throws InterruptedException, SQLException {
        service.changes().close();
        service.awaitAllLevel();
        inMySql("DELETE FROM config_journal ORDER BY sequence_number DESC LIMIT 3");

        awaitUnlevel(MySqlJournal.NAME);
        checkAllIsThere();
    }

    private void inMySql(String... statements) throws SQLException {
        try (var connection = mariadb.connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void awaitUnlevel(String voter) {
        TestCluster.eventually(
                service.view()::voters,
                voters -> voters.stream()
                        .anyMatch(status -> status.voter().equals(voter) && status.state() != VoterStatus.State.LEVEL));
    }

    private void checkAllIsThere() {
        service.awaitAllLevel();

        assertThat(service.changes().readsFailed()).isZero();
        Acknowledged.areInBoth(
                service.history(MongoJournal.NAME),
                service.history(MySqlJournal.NAME),
                service.changes().acknowledged());
    }
}
