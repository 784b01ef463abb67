package io.tabot;

import io.tabot.TableSettings.History;
import io.tabot.journal.MySqlUri;
import io.tabot.nats.NatsSettings;
import java.util.Optional;

/** From keys to which tables are used. Without NATS none is: the demo has its own candles and sends no signals. */
final class TableAssembly {
    private final SettingsReader reader;
    private final JournalAssembly addresses;

    TableAssembly(SettingsReader reader) {
        this.reader = reader;
        this.addresses = new JournalAssembly(reader);
    }

    TableSettings settings(Optional<NatsSettings> nats) {
        var set = new TableSettings(
                Optional.empty(),
                reader.oneOf("candles.history", History.class),
                reader.flag("signals.table"),
                reader.flag("signals.legacy-table"));
        return nats.map(connected -> settings(set, connected)).orElse(TableSettings.NONE);
    }

    private TableSettings settings(TableSettings set, NatsSettings nats) {
        var notices = !nats.candles().extractionSubjects().isEmpty();
        var address = addresses.mysql();
        requireAddress(address, !notices, "nats.extraction-subjects", "since notices carry no candles");
        requireAddress(address, set.history() != History.MYSQL, "candles.history", "since candles are read from it");
        requireAddress(address, !set.keepsSignals(), "signals.table", "since signals are written to it");
        SettingsException.unless(
                !set.keepsSignals() || nats.mode() == NatsSettings.Mode.JETSTREAM,
                "signals.table",
                true,
                "false, unless nats.mode is jetstream: it is written from the stream of signals");
        var isAsked = set.history() == History.AUTO
                && (notices || !nats.candles().klineSubjects().isEmpty());
        var isUsed = isAsked || notices || set.history() == History.MYSQL || set.keepsSignals();
        return new TableSettings(
                isUsed ? address : Optional.empty(), set.history(), set.keepsSignals(), set.keepsLegacySignals());
    }

    private void requireAddress(Optional<MySqlUri> address, boolean isNeedless, String key, String why) {
        SettingsException.unless(
                isNeedless || address.isPresent(), "mysql.uri", "empty", "an address, " + why + ": see " + key);
    }
}
