package io.tabot;

import io.tabot.journal.MySqlUri;
import java.util.Optional;

/**
 * Which tables of MySQL are read and written, apart from those of the journal.
 *
 * @param mysql where they are; nothing when none is used
 * @param keepsSignals whether signals that went out are written to a table
 * @param keepsLegacySignals whether they are written to the table of the Python bot, too
 */
public record TableSettings(
        Optional<MySqlUri> mysql, History history, boolean keepsSignals, boolean keepsLegacySignals) {
    /** Where windows get their candles of the past from. */
    public enum History {
        /** From wherever the candles of a series come from. */
        AUTO,
        /** From the stream of our own candles. */
        STREAM,
        /** From the tables that the extractor fills. */
        MYSQL
    }

    static final TableSettings NONE = new TableSettings(Optional.empty(), History.AUTO, false, false);

    public TableSettings {
        SettingsException.unless(
                !keepsLegacySignals || keepsSignals,
                "signals.legacy-table",
                true,
                "false, unless signals.table is true: it is what tells a signal that comes again");
    }
}
