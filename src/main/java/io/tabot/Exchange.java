package io.tabot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ConfigNoticeWriter;
import io.tabot.config.ConfigNotices;
import io.tabot.demo.DemoCandleHistory;
import io.tabot.demo.DemoCandleSource;
import io.tabot.demo.DemoCandles;
import io.tabot.live.LiveLog;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.nats.NatsCandleHistory;
import io.tabot.nats.NatsCandleSource;
import io.tabot.nats.NatsConnection;
import io.tabot.nats.NatsNotices;
import io.tabot.nats.NatsSettings;
import io.tabot.nats.NatsSignalArchiver;
import io.tabot.nats.NatsSignalLog;
import io.tabot.nats.NatsSignalOutlet;
import io.tabot.nats.NatsSignalStore;
import io.tabot.ops.Check;
import io.tabot.signal.CandleRejections;
import io.tabot.signal.CandleSource;
import io.tabot.signal.CandleStore;
import io.tabot.signal.LiveSignal;
import io.tabot.signal.PastSignals;
import io.tabot.signal.SignalJson;
import io.tabot.signal.SignalOutlet;
import io.tabot.signal.SignalStore;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The world outside: where candles come from and signals go.
 *
 * @param description for the start-up lines
 * @param archive candles of the past, to try strategies out on
 * @param past where signals that went out and their candles are looked up
 * @param liveSignals those of all nodes, to be followed, if there is a place where they meet
 * @param notices who is told of changes of the configuration
 * @param connection where there is one
 * @param check how the connection is doing
 * @param tables how the database of candles and signals is doing, if there is one
 * @param close lets go of it, after the last signal
 */
record Exchange(
        String description,
        CandleSource source,
        CandleHistory history,
        CandleHistory archive,
        SignalOutlet outlet,
        PastSignals past,
        Optional<LiveLog<LiveSignal>> liveSignals,
        ConfigNotices notices,
        Optional<NatsConnection> connection,
        Supplier<Check> check,
        Optional<Supplier<Check>> tables,
        Runnable close) {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** Candles from NATS, signals to NATS. Connects in the background, for as long as it takes. */
    static Exchange nats(
            NatsSettings settings,
            TableSettings tableSettings,
            String environment,
            MeterRegistry meters,
            Clock clock,
            Tracer tracer) {
        var connection = new NatsConnection(settings, meters);
        connection.start();
        var tables = Tables.of(tableSettings, meters, clock);
        var history = tables.history(tableSettings, settings.candles(), history(settings, connection));
        var archiver =
                tables.signals().map(table -> new NatsSignalArchiver(connection, environment, table, meters, clock));
        archiver.ifPresent(NatsSignalArchiver::start);
        var outlet = new NatsSignalOutlet(connection, SignalJson::bytes, meters, clock, tracer);
        var notices = new NatsNotices(connection, meters);
        var signals = signals(settings, connection, environment, clock);
        return new Exchange(
                "NATS " + settings.url() + "; signals go to "
                        + settings.signals().subject() + ".<strategy>",
                source(connection, tables, meters, clock),
                history,
                history,
                outlet,
                past(settings, connection, tables),
                signals.map(log -> log),
                writer(notices, settings, environment, clock),
                Optional.of(connection),
                () -> check(connection),
                tables.check(),
                () -> {
                    outlet.close();
                    archiver.ifPresent(Exchange::close);
                    signals.ifPresent(Exchange::close);
                    close(notices);
                    close(connection);
                    tables.close().run();
                });
    }

    private static CandleSource source(NatsConnection connection, Tables tables, MeterRegistry meters, Clock clock) {
        var extracted = tables.klines().orElse(CandleHistory.NONE);
        return new NatsCandleSource(connection, extracted, new CandleRejections(meters, clock), meters, clock);
    }

    private static ConfigNotices writer(NatsNotices notices, NatsSettings settings, String environment, Clock clock) {
        return new ConfigNoticeWriter(
                environment,
                settings.notices().headInterval(),
                clock,
                notice -> notices.changed(notice.id(), notice.body()),
                notice -> notices.head(notice.id(), notice.body()));
    }

    /** Bundled candles of the past, replayed once; signals are logged and listed. */
    static Exchange demo(int candlesPerSecond, Clock clock) {
        var candles = DemoCandles.load();
        var symbols = DemoCandles.SYMBOLS.stream().map(Symbol::name).collect(Collectors.joining(" and "));
        return new Exchange(
                "demo: " + DemoCandles.TIMEFRAME + " candles of " + symbols + " from 2024, " + candlesPerSecond
                        + " a second; set NATS_URL for live ones",
                new DemoCandleSource(
                        candles,
                        candlesPerSecond,
                        clock,
                        () -> LOG.info("the demo has replayed all of its candles; idle from here on")),
                DemoCandleHistory.before(candles),
                DemoCandleHistory.whole(candles),
                SignalOutlet.NONE,
                new PastSignals(List.of(), List.of(new CandleStore("demo", DemoCandleHistory.whole(candles)))),
                Optional.empty(),
                ConfigNotices.NONE,
                Optional.empty(),
                () -> Check.ok("nats", "not configured: the demo runs"),
                Optional.empty(),
                () -> {});
    }

    private static Check check(NatsConnection connection) {
        return connection.connected()
                ? Check.ok("nats", "connected")
                : Check.down("nats", "not connected; trying again");
    }

    /** Without streams there is nothing to read back. */
    private static CandleHistory history(NatsSettings settings, NatsConnection connection) {
        return switch (settings.mode()) {
            case JETSTREAM -> new NatsCandleHistory(connection);
            case CORE -> CandleHistory.NONE;
        };
    }

    private static Optional<NatsSignalLog> signals(
            NatsSettings settings, NatsConnection connection, String environment, Clock clock) {
        return switch (settings.mode()) {
            case JETSTREAM -> Optional.of(new NatsSignalLog(connection, environment, clock));
            case CORE -> Optional.empty();
        };
    }

    /** The streams first, then the tables. */
    private static PastSignals past(NatsSettings settings, NatsConnection connection, Tables tables) {
        var signals = new ArrayList<SignalStore>();
        var candles = new ArrayList<CandleStore>();
        if (settings.mode() == NatsSettings.Mode.JETSTREAM) {
            signals.add(new NatsSignalStore(connection));
            candles.add(new CandleStore("stream", new NatsCandleHistory(connection)));
        }
        tables.signals().ifPresent(signals::add);
        tables.klines().ifPresent(klines -> candles.add(new CandleStore("mysql", klines)));
        return new PastSignals(signals, candles);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("could not be closed: {}", part, e);
        }
    }
}
