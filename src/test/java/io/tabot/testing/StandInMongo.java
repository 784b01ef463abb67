package io.tabot.testing;

import com.mongodb.MongoException;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/** The stand-in for MongoDB, in a process of its own. */
final class StandInMongo extends LocalServer implements MongoHost {
    StandInMongo() {
        super("mongo-java-server", ServerProcess.freePort());
    }

    @Override
    public String name(String database) {
        return database;
    }

    @Override
    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MongoServerMain.class.getName(),
                Integer.toString(port()),
                data().toString());
    }

    @Override
    boolean answers() {
        try (var client = connect()) {
            client.getDatabase(MongoServer.DATABASE).runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    @Override
    public void empty() {
        discard(data());
    }

    private Path data() {
        return folder.resolve("data.mv");
    }
}
