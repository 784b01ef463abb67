package io.tabot.journal;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import pekko.contrib.persistence.mongodb.JavaDslMongoReadJournal;

/**
 * The journal in MongoDB: a document for each record. Its unique index is what fences two writers; without it nothing
 * is written.
 */
public final class MongoJournal {
    public static final String NAME = "mongodb";

    static final String COLLECTION = "config_journal";
    private static final String UNIQUE_INDEX = "one_record_a_position";
    private static final Bson UNIQUE_KEYS = Indexes.ascending("pid", "from", "to");
    private static final String SETTINGS = "pekko.contrib.persistence.mongodb.mongo.";

    private MongoJournal() {}

    public static JournalPlugin plugin(MongoUri uri) {
        return new JournalPlugin(
                NAME,
                uri.toString(),
                "pekko-contrib-mongodb-persistence-journal",
                "pekko-contrib-mongodb-persistence-readjournal",
                JavaDslMongoReadJournal.class,
                new BsonRecordForm(),
                persistenceId -> prepare(uri, persistenceId));
    }

    /** What Pekko persistence has to know to keep its journal there. */
    public static Config config(MongoUri uri) {
        return ConfigFactory.empty()
                .withValue(SETTINGS + "mongouri", ConfigValueFactory.fromAnyRef(uri.withTimeouts()))
                .withValue(SETTINGS + "database", ConfigValueFactory.fromAnyRef(uri.database()))
                .withValue(SETTINGS + "journal-collection", ConfigValueFactory.fromAnyRef(COLLECTION))
                .withValue(SETTINGS + "journal-index", ConfigValueFactory.fromAnyRef(UNIQUE_INDEX))
                .withFallback(ConfigFactory.parseResources("journal/mongodb.conf"));
    }

    /** Creates the collection and its indexes where they are missing, and checks the one that everything rests on. */
    private static OpenStore prepare(MongoUri uri, String persistenceId) {
        var client = MongoClients.create(uri.withTimeouts());
        try {
            var store = new MongoStore(client, client.getDatabase(uri.database()), persistenceId);
            var collection = store.journal();
            store.moveStrays();
            if (!hasUniqueIndex(collection)) {
                collection.createIndex(
                        UNIQUE_KEYS, new IndexOptions().name(UNIQUE_INDEX).unique(true));
            }
            for (var field : List.of("revision", "at", "changed_by", "documents")) {
                collection.createIndex(Indexes.ascending("events.p." + field), new IndexOptions().name("by_" + field));
            }
            store.giveIdentity();
            return store;
        } catch (MongoException e) {
            client.close();
            throw new JournalUnavailableException(reason(e));
        } catch (JournalUnavailableException e) {
            client.close();
            throw e;
        }
    }

    private static boolean hasUniqueIndex(MongoCollection<Document> collection) {
        for (var index : collection.listIndexes()) {
            if (UNIQUE_INDEX.equals(index.getString("name"))) {
                if (!index.getBoolean("unique", false)) {
                    throw new JournalUnavailableException("the index " + UNIQUE_INDEX + " of " + COLLECTION
                            + " is not unique, so two writers could store two records at one position; drop it");
                }
                return true;
            }
        }
        return false;
    }

    /** One line; the driver's own text goes on about its view of the cluster. */
    static String reason(MongoException e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        var details = text.indexOf(". Client view of cluster state");
        return e.getClass().getSimpleName() + ": " + (details < 0 ? text : text.substring(0, details));
    }
}
