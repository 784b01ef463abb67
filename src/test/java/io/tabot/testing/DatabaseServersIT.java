package io.tabot.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.sql.SQLException;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The servers that other tests rely on keep what they confirmed, freeze and come back empty when they are told to. */
class DatabaseServersIT {
    @Test
    void mariaDbKeepsWhatItConfirmedWhenItIsKilled() throws SQLException {
        try (var server = MariaDbServer.running()) {
            execute(server, "create table kept (id int primary key)");
            execute(server, "insert into kept values (1)");
            server.kill();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
            server.start();

            assertThatThrownBy(() -> execute(server, "insert into kept values (1)"))
                    .hasMessageContaining("Duplicate");

            server.stop();
            server.empty();
            server.start();
            assertThatThrownBy(() -> execute(server, "insert into kept values (1)"))
                    .hasMessageContaining("doesn't exist");
        }
    }

    @Test
    void mariaDbDoesNotAnswerWhileItIsFrozen() throws SQLException {
        try (var server = MariaDbServer.running()) {
            server.pause();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
            server.resume();
            execute(server, "select 1");
        }
    }

    @Test
    void mongoKeepsWhatItConfirmedWhenItIsKilled() {
        try (var server = MongoServer.running()) {
            insert(server, 1);
            server.kill();
            server.start();

            assertThatThrownBy(() -> insert(server, 1))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("E11000");

            server.stop();
            server.empty();
            server.start();
            insert(server, 1);
        }
    }

    @Test
    void mongoDoesNotAnswerWhileItIsFrozen() {
        try (var server = MongoServer.running()) {
            server.pause();
            assertThatThrownBy(() -> insert(server, 1)).isInstanceOf(MongoException.class);
            server.resume();
            insert(server, 2);
        }
    }

    private static void execute(MariaDbServer server, String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(MongoServer server, int number) {
        try (var client = server.connect()) {
            var collection = client.getDatabase(server.database()).getCollection("kept");
            collection.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
            collection.insertOne(new Document("number", number));
        }
    }
}
