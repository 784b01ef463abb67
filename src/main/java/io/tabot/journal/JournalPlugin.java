package io.tabot.journal;

import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;

/**
 * Which Pekko persistence plugin a voter writes to.
 *
 * @param voter the journal's name in settings, answers and metrics
 * @param place where its data is, without secrets, for logs and reports
 * @param journalId configuration path of its write side
 * @param queryId configuration path of its read side
 * @param queries the type of its read side
 * @param form how records are written
 * @param preparation what makes it usable; run before its first record is read, and again after each failure
 */
public record JournalPlugin(
        String voter,
        String place,
        String journalId,
        String queryId,
        Class<? extends CurrentEventsByPersistenceIdQuery> queries,
        RecordForm<?> form,
        Preparation preparation) {
    /**
     * Creates tables or collections where they are missing, gives the journal an identity there, and checks what is
     * there. May block, not for long.
     */
    @FunctionalInterface
    public interface Preparation {
        /**
         * @param persistenceId of the one journal that is going to be used
         * @return its store, to be watched and then closed
         * @throws JournalUnavailableException if the journal can't be used now, with the reason in one line
         */
        OpenStore run(String persistenceId);
    }
}
