package io.tabot;

import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.MongoJournal;
import io.tabot.journal.MongoUri;
import io.tabot.journal.MySqlJournal;
import io.tabot.journal.MySqlUri;
import java.util.List;
import java.util.Optional;

/**
 * Where the history of the configuration is kept.
 *
 * @param names of the journals, the preferred one first
 * @param mongodb its address, if it is one of them
 * @param mysql its address, if it is one of them
 */
public record JournalSettings(List<String> names, Optional<MongoUri> mongodb, Optional<MySqlUri> mysql) {
    private static final List<List<String>> CHOICES = List.of(
            List.of(EmbeddedJournal.NAME),
            List.of(MongoJournal.NAME),
            List.of(MySqlJournal.NAME),
            List.of(MongoJournal.NAME, MySqlJournal.NAME));

    public JournalSettings {
        names = List.copyOf(names);
        SettingsException.unless(
                CHOICES.contains(names),
                "journals",
                names,
                "[embedded], [mongodb], [mysql] or [mongodb, mysql]; empty for those whose uri is set, else embedded");
        SettingsException.unless(
                mongodb.isPresent() == names.contains(MongoJournal.NAME),
                "mongodb.uri",
                "empty",
                "an address, since the journals are " + names);
        SettingsException.unless(
                mysql.isPresent() == names.contains(MySqlJournal.NAME),
                "mysql.uri",
                "empty",
                "an address, since the journals are " + names);
    }
}
