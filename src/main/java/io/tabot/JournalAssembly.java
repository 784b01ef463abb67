package io.tabot;

import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.MongoJournal;
import io.tabot.journal.MongoUri;
import io.tabot.journal.MySqlJournal;
import io.tabot.journal.MySqlUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From keys to the settings of the journals: named outright, or by the addresses that are given. */
final class JournalAssembly {
    private final SettingsReader reader;

    JournalAssembly(SettingsReader reader) {
        this.reader = reader;
    }

    JournalSettings settings() {
        var names = names();
        return new JournalSettings(
                names,
                names.contains(MongoJournal.NAME) ? mongodb() : Optional.empty(),
                names.contains(MySqlJournal.NAME) ? mysql() : Optional.empty());
    }

    private List<String> names() {
        var named = reader.list("journals");
        if (!named.isEmpty()) {
            return named;
        }
        var given = new ArrayList<String>();
        if (!reader.text("mongodb.uri").isEmpty()) {
            given.add(MongoJournal.NAME);
        }
        if (!reader.text("mysql.uri").isEmpty()) {
            given.add(MySqlJournal.NAME);
        }
        return given.isEmpty() ? List.of(EmbeddedJournal.NAME) : given;
    }

    private Optional<MongoUri> mongodb() {
        var uri = reader.text("mongodb.uri");
        var database = reader.text("mongodb.database");
        return uri.isEmpty()
                ? Optional.empty()
                : Optional.of(SettingsReader.refusedAs("mongodb.uri", () -> MongoUri.parse(uri, database)));
    }

    /** The address of MySQL, if one is set: it may be for other tables than those of a journal. */
    Optional<MySqlUri> mysql() {
        var uri = reader.text("mysql.uri");
        if (!uri.isEmpty()) {
            return Optional.of(SettingsReader.refusedAs("mysql.uri", () -> MySqlUri.parse(uri)));
        }
        var host = reader.text("mysql.host");
        return host.isEmpty() ? Optional.empty() : Optional.of(SettingsReader.refusedAs("mysql", () -> parts(host)));
    }

    private MySqlUri parts(String host) {
        return new MySqlUri(
                host + ":" + reader.positive("mysql.port"),
                reader.text("mysql.database"),
                reader.text("mysql.user"),
                reader.text("mysql.password"),
                Map.of());
    }
}
