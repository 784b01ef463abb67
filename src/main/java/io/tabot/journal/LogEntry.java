package io.tabot.journal;

/** What an event-sourced journal folds: a record that it writes, or as much of one as it needs when it recovers. */
public sealed interface LogEntry permits StoredRecord, RecordHead {
    RecordHead head();
}
