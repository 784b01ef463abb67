package io.tabot;

import io.tabot.signal.Publication;
import io.tabot.signal.Signal;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each signal, by a logger that can be asked for alone. */
final class SignalLog {
    private static final Logger SIGNALS = LoggerFactory.getLogger("io.tabot.signals");

    private SignalLog() {}

    static void tell(Publication publication) {
        if (!SIGNALS.isInfoEnabled()) {
            return;
        }
        var signal = publication.signal();
        var line = about(signal);
        if (publication.withheld() != null) {
            line = line.addKeyValue("withheld", publication.withheld());
        }
        line.log(
                "{} {} {} {} at {} confidence {} candle of {}{}",
                signal.symbol(),
                signal.timeframe(),
                signal.action(),
                signal.strategyId(),
                signal.price(),
                String.format(Locale.ROOT, "%.2f", signal.confidence()),
                Instant.ofEpochMilli(signal.openTime()),
                Publication.MAX_AGE.equals(publication.withheld()) ? ", too old to be sent" : "");
    }

    private static LoggingEventBuilder about(Signal signal) {
        var line = SIGNALS.atInfo()
                .addKeyValue("intent_id", signal.intentId())
                .addKeyValue("strategy", signal.strategyId())
                .addKeyValue("symbol", signal.symbol().name())
                .addKeyValue("timeframe", signal.timeframe().id())
                .addKeyValue("action", signal.action().name().toLowerCase(Locale.ROOT));
        var revision = signal.configRevision();
        return revision.isPresent() ? line.addKeyValue("revision", revision.getAsLong()) : line;
    }
}
