package io.tabot.journal;

/** Records as JSON text, for journals in tables. */
final class JsonRecordForm extends RecordForm<String> {
    @Override
    String write(StoredRecord record) {
        return VoterRecordJson.write(record);
    }

    @Override
    StoredRecord read(Object stored) {
        if (stored instanceof String text) {
            return VoterRecordJson.read(text);
        }
        throw new CorruptJournalException("a record that is not text");
    }

    @Override
    RecordHead readHead(String stored) {
        return VoterRecordJson.readHead(stored);
    }
}
