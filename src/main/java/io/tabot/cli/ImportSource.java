package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.importer.PythonBotData;
import io.tabot.importer.PythonBotDatabase;
import io.tabot.importer.PythonBotTables;
import io.tabot.journal.JournalUnavailableException;
import io.tabot.journal.MongoUri;
import io.tabot.journal.MySqlUri;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database that an import reads.
 *
 * @param shown its address, without secrets
 */
record ImportSource(String shown, Supplier<PythonBotData> data) {
    private static final Pattern MYSQL = Pattern.compile("(jdbc:)?mysql\\b.*", Pattern.DOTALL);

    /** @param from null for the MongoDB of the settings */
    static ImportSource of(@Nullable String from, Settings settings) {
        if (from == null) {
            return of(settings.journals()
                    .mongodb()
                    .orElseThrow(() ->
                            new UserError("from where? give --from mongodb://... or mysql://..., or set MONGODB_URI")));
        }
        try {
            return MYSQL.matcher(from.strip()).matches() ? of(MySqlUri.parse(from)) : of(MongoUri.parse(from, ""));
        } catch (IllegalArgumentException e) {
            throw new UserError("--from: " + e.getMessage());
        }
    }

    private static ImportSource of(MongoUri uri) {
        return new ImportSource(uri.toString(), () -> PythonBotDatabase.read(uri));
    }

    private static ImportSource of(MySqlUri uri) {
        return new ImportSource(uri.toString(), () -> PythonBotTables.read(uri));
    }

    PythonBotData read() {
        try {
            var read = data.get();
            if (read.isEmpty()) {
                throw new UserError(shown + " holds nothing of a Python bot; is it the right database?");
            }
            return read;
        } catch (JournalUnavailableException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }
}
