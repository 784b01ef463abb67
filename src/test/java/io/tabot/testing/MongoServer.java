package io.tabot.testing;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * A server that speaks MongoDB's protocol, in a process of its own on a free port of the loopback interface, that can
 * be stopped, killed, frozen, emptied and started again at the same address. It is not MongoDB: no mongod can be
 * installed on every machine that runs the tests. Where TABOT_TEST_MONGODB_URI names a real one, {@link #real} has it.
 */
public final class MongoServer implements DatabaseServer {
    public static final String DATABASE = "tabot";

    private static final String REAL = "TABOT_TEST_MONGODB_URI";

    private final int port = ServerProcess.freePort();
    private final Path folder = ServerProcess.newFolder("tabot-mongo-");
    private final ServerProcess process = new ServerProcess("mongo-java-server", folder.resolve("server.log"));

    private MongoServer() {}

    public static MongoServer running() {
        var server = stopped();
        server.start();
        return server;
    }

    /** One that will run at this address as soon as it is started. */
    public static MongoServer stopped() {
        return new MongoServer();
    }

    /** The URI, with a database for tests, of the real MongoDB that the tests may use. */
    public static Optional<String> real() {
        return Optional.ofNullable(System.getenv(REAL)).filter(uri -> !uri.isBlank());
    }

    @Override
    public String uri() {
        return "mongodb://127.0.0.1:" + port + "/" + DATABASE;
    }

    public int port() {
        return port;
    }

    public MongoClient connect() {
        return MongoClients.create(uri() + "?serverSelectionTimeoutMS=2000&connectTimeoutMS=2000");
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
            client.getDatabase(DATABASE).runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data.mv");
    }
}
