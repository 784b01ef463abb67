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
        var plugins = new ArrayList<JournalPlugin>();
        var config = ConfigFactory.empty();
        for (var name : settings.names()) {
            switch (name) {
                case EmbeddedJournal.NAME -> {
                    plugins.add(EmbeddedJournal.plugin(folder));
                    config = config.withFallback(EmbeddedJournal.config(folder));
                }
                case MongoJournal.NAME -> {
                    var uri = settings.mongodb().orElseThrow();
                    plugins.add(MongoJournal.plugin(uri));
                    config = config.withFallback(MongoJournal.config(uri));
                }
                case MySqlJournal.NAME -> {
                    var uri = settings.mysql().orElseThrow();
                    plugins.add(MySqlJournal.plugin(uri));
                    config = config.withFallback(MySqlJournal.config(uri));
                }
                default -> throw new IllegalArgumentException("no journal is called " + name);
            }
        }
        return new Journals(plugins, config);
    }
}
