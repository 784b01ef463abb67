package io.tabot.testing;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * A server that speaks MongoDB's protocol and keeps its data in a file, as the process behind {@link MongoServer}. What
 * it confirmed is in the file: it writes out before it answers, as MongoDB does for journaled writes.
 */
final class MongoServerMain {
    private static final Set<String> WRITES =
            Set.of("insert", "update", "delete", "create", "createIndexes", "drop", "dropIndexes", "dropDatabase");

    private MongoServerMain() {}

    /** Arguments: the port and the file. */
    public static void main(String[] arguments) {
        var store = new MVStore.Builder()
                .fileName(arguments[1])
                .autoCompactFillRate(0)
                .open();
        store.setVersionsToKeep(0);
        // A kill while space is used again may leave a file that can't be opened.
        store.setReuseSpace(false);
        var server = new de.bwaldvogel.mongo.MongoServer(new WrittenOut(store));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    }

    private static final class WrittenOut extends H2Backend {
        WrittenOut(MVStore store) {
            super(store);
        }

        @Override
        public Document handleCommand(Channel channel, String database, String command, Document query) {
            var answer = super.handleCommand(channel, database, command, query);
            commitIfWritten(command);
            return answer;
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            var answer = super.handleMessage(message);
            commitIfWritten(message.getDocument().keySet().iterator().next());
            return answer;
        }

        private void commitIfWritten(String command) {
            if (WRITES.contains(command)) {
                commit();
            }
        }
    }
}
