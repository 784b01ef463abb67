package io.tabot.journal;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a journal in MongoDB, with a client of its own. */
final class MongoStore implements OpenStore {
    static final String IDENTITIES = "config_store";
    static final String STRAYS = "config_journal_strays";

    /** A voter has one record on its way when its database is emptied; there may be a few voters, one a process. */
    private static final int STRAYS_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(MongoStore.class);

    private final MongoClient client;
    private final MongoDatabase database;
    private final String persistenceId;
    private volatile boolean hasRemnants;

    MongoStore(MongoClient client, MongoDatabase database, String persistenceId) {
        this.client = client;
        this.database = database.withWriteConcern(WriteConcern.MAJORITY);
        this.persistenceId = persistenceId;
    }

    MongoCollection<Document> journal() {
        return database.getCollection(MongoJournal.COLLECTION);
    }

    /** Whoever is first of two gives it. */
    void giveIdentity() {
        if (identity().isPresent()) {
            return;
        }
        try {
            database.getCollection(IDENTITIES)
                    .insertOne(new Document("_id", persistenceId).append("identity", new ObjectId().toHexString()));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    /**
     * Puts aside the records that a database took after it was emptied, before that was noticed. The first one of the
     * journal is missing there, and none of them was confirmed.
     */
    void moveStrays() {
        var mine = Filters.eq("pid", persistenceId);
        moveStrays(mine);
        hasRemnants = database.getCollection(STRAYS).find(mine).first() != null;
    }

    @Override
    public boolean hasRemnants() {
        return hasRemnants;
    }

    private void moveStrays(Bson mine) {
        var oldest = journal()
                .find(mine)
                .sort(Sorts.ascending("from"))
                .limit(STRAYS_MAX + 1)
                .into(new ArrayList<>());
        if (oldest.isEmpty() || position(oldest.getFirst()) == 1 || oldest.size() > STRAYS_MAX) {
            return;
        }
        for (var stray : oldest) {
            var itself = Filters.eq("_id", stray.get("_id"));
            database.getCollection(STRAYS).replaceOne(itself, stray, new ReplaceOptions().upsert(true));
            journal().deleteOne(itself);
            LOG.warn("record {} of {} had nothing before it; it is in {} now", position(stray), persistenceId, STRAYS);
        }
    }

    @Override
    public Standing standing() {
        try {
            // In this order: a store that is emptied between the two must not look whole.
            var newest = journal()
                    .find(Filters.eq("pid", persistenceId))
                    .sort(Sorts.descending("from"))
                    .projection(Projections.include("from"))
                    .first();
            return new Standing(identity(), newest == null ? 0 : position(newest));
        } catch (MongoException e) {
            throw new JournalUnavailableException(MongoJournal.reason(e));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private Optional<String> identity() {
        return Optional.ofNullable(database.getCollection(IDENTITIES)
                        .find(Filters.eq("_id", persistenceId))
                        .first())
                .map(found -> found.getString("identity"));
    }

    private static long position(Document record) {
        return record.get("from", Number.class).longValue();
    }
}
