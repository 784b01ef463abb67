package io.tabot.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

/** What is behind a {@link MongoServer}. */
interface MongoHost extends DatabaseServer {
    /** Of the loopback interface. */
    int port();

    /** What a database of a test is called there. */
    String name(String database);

    /** The address of a database by its name there. */
    String uri(String database);

    @Override
    default String uri() {
        return uri(name(MongoServer.DATABASE));
    }

    default MongoClient connect() {
        var uri = uri();
        return MongoClients.create(
                uri + (uri.contains("?") ? "&" : "?") + "serverSelectionTimeoutMS=2000&connectTimeoutMS=2000");
    }
}
