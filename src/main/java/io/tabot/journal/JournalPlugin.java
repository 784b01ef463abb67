package io.tabot.journal;

import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;

/**
 * Which Pekko persistence plugin a voter writes to.
 *
 * @param voter the journal's name in settings, answers and metrics
 * @param journalId configuration path of its write side
 * @param queryId configuration path of its read side
 * @param queries the type of its read side
 */
public record JournalPlugin(
        String voter, String journalId, String queryId, Class<? extends CurrentEventsByPersistenceIdQuery> queries) {}
