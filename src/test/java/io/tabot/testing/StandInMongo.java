package io.tabot.testing;

import com.mongodb.MongoException;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/** The stand-in for MongoDB, in a process of its own. */
final class StandInMongo implements MongoHost {
    private final int port = ServerProcess.freePort();
    private final Path folder = ServerProcess.newFolder("tabot-mongo-");
    private final ServerProcess process = new ServerProcess("mongo-java-server", folder.resolve("server.log"));

    @Override
    public int port() {
        return port;
    }

    @Override
    public String name(String database) {
        return database;
    }

    @Override
    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void start() {
        process.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MongoServerMain.class.getName(),
                        Integer.toString(port),
                        data().toString()),
                this::answers);
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void empty() {
        if (process.isAlive()) {
            throw new IllegalStateException("stop it before it is emptied");
        }
        ServerProcess.delete(data());
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
        ServerProcess.delete(folder);
    }

    private boolean answers() {
        try (var client = connect()) {
            client.getDatabase(MongoServer.DATABASE).runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data.mv");
    }
}
