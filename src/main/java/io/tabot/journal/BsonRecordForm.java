package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterRecord;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Records as BSON documents, for MongoDB. The record itself is under {@code record}, field by field as in its JSON;
 * what an auditor searches by stands beside it and is never read back.
 */
final class BsonRecordForm extends RecordForm<BsonDocument> {
    private static final String RECORD = "record";

    @Override
    BsonDocument write(StoredRecord stored) {
        var document = new BsonDocument();
        if (stored.record() instanceof VoterRecord.Event(var _, var _, var event)) {
            addKeys(document, event);
        }
        return document.append(RECORD, BsonJson.bson(VoterRecordJson.node(stored)));
    }

    @Override
    StoredRecord read(Object stored) {
        return VoterRecordJson.read(BsonJson.json(record(stored)));
    }

    @Override
    RecordHead readHead(BsonDocument stored) {
        return VoterRecordJson.head(BsonJson.json(withoutChanges(record(stored))));
    }

    private static BsonDocument record(Object stored) {
        if (stored instanceof BsonDocument document && document.get(RECORD) instanceof BsonDocument record) {
            return record;
        }
        throw new CorruptJournalException("a record that is not a document with a " + RECORD);
    }

    private static BsonDocument withoutChanges(BsonDocument document) {
        var rest = new BsonDocument();
        document.forEach((name, value) -> {
            if (!name.equals(VoterRecordJson.CHANGES)) {
                rest.append(name, value instanceof BsonDocument nested ? withoutChanges(nested) : value);
            }
        });
        return rest;
    }

    private static void addKeys(BsonDocument document, ConfigEvent event) {
        var documents = new BsonArray();
        event.changes()
                .forEach(
                        change -> documents.add(new BsonString(change.document().path())));
        document.append("revision", new BsonInt64(event.revision()))
                .append("at", new BsonDateTime(event.at().toEpochMilli()))
                .append("changed_by", new BsonString(event.changedBy()))
                .append("documents", documents);
    }
}
