package io.tabot.testing;

import com.mongodb.client.MongoClient;
import java.util.Optional;

/**
 * A server that speaks MongoDB's protocol on the loopback interface, that can be stopped, killed, frozen, emptied and
 * started again at the same address. Where TABOT_TEST_MONGODB_URI names a real MongoDB, it is that one, with databases
 * of this test's own that are dropped in the end; else a stand-in, since no mongod can be installed on every machine
 * that runs the tests.
 */
public final class MongoServer implements DatabaseServer {
    static final String DATABASE = "tabot";

    private static final String REAL = "TABOT_TEST_MONGODB_URI";

    private final MongoHost host = real().<MongoHost>map(RealMongo::new).orElseGet(StandInMongo::new);

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

    /** The URI of the real MongoDB that the tests may use. */
    public static Optional<String> real() {
        return Optional.ofNullable(System.getenv(REAL)).filter(uri -> !uri.isBlank());
    }

    /** What the database of its address is called there. */
    public String database() {
        return name(DATABASE);
    }

    /** What another database of this test is called there. */
    public String name(String database) {
        return host.name(database);
    }

    @Override
    public String uri() {
        return host.uri();
    }

    /** Of another database of this test. */
    public String uri(String database) {
        return host.uri(name(database));
    }

    public int port() {
        return host.port();
    }

    public MongoClient connect() {
        return host.connect();
    }

    @Override
    public void start() {
        host.start();
    }

    @Override
    public void stop() {
        host.stop();
    }

    @Override
    public void kill() {
        host.kill();
    }

    @Override
    public void pause() {
        host.pause();
    }

    @Override
    public void resume() {
        host.resume();
    }

    @Override
    public void empty() {
        host.empty();
    }

    @Override
    public void close() {
        host.close();
    }
}
