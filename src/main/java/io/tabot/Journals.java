package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalPlugin;
import io.tabot.journal.MongoJournal;
import io.tabot.journal.MySqlJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The journals that the settings name.
 *
 * @param plugins the preferred one first
 * @param config what Pekko persistence has to know about them; to be laid over an actor system's own
 */
record Journals(List<JournalPlugin> plugins, Config config) {
    Journals {
        plugins = List.copyOf(plugins);
    }

    /** @param folder of the embedded journal */
    static Journals of(JournalSettings settings, Path folder) {
        return of(settings.names(), settings, folder);
    }

    /**
     * Those of these names, whether the service keeps its history there or not.
     *
     * @throws StartException if the settings have no address of one
     */
    static Journals of(List<String> names, JournalSettings settings, Path folder) {
        var plugins = new ArrayList<JournalPlugin>();
        var config = ConfigFactory.empty();
        for (var name : names) {
            switch (name) {
                case EmbeddedJournal.NAME -> {
                    plugins.add(EmbeddedJournal.plugin(folder));
                    config = config.withFallback(EmbeddedJournal.config(folder));
                }
                case MongoJournal.NAME -> {
                    var uri = addressOf(name, settings.mongodb());
                    plugins.add(MongoJournal.plugin(uri));
                    config = config.withFallback(MongoJournal.config(uri));
                }
                case MySqlJournal.NAME -> {
                    var uri = addressOf(name, settings.mysql());
                    plugins.add(MySqlJournal.plugin(uri));
                    config = config.withFallback(MySqlJournal.config(uri));
                }
                default ->
                    throw new StartException("no journal is called " + name + "; there are embedded, mongodb, mysql");
            }
        }
        return new Journals(plugins, config);
    }

    private static <T> T addressOf(String name, Optional<T> address) {
        return address.orElseThrow(() -> new StartException("no address of the journal " + name + " is known: set "
                + name.toUpperCase(Locale.ROOT) + "_URI, and TABOT_JOURNALS, if it is set, so that it names " + name));
    }
}
