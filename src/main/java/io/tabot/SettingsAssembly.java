package io.tabot;

import io.tabot.nats.NatsWitness;
import io.tabot.ops.BuildInfo;
import java.util.Locale;
import org.slf4j.event.Level;

/** From keys to records: the only place that knows both. */
final class SettingsAssembly {
    private final SettingsReader reader;

    SettingsAssembly(SettingsReader reader) {
        this.reader = reader;
    }

    Settings settings(SettingsSource source) {
        var cluster = new ClusterReader(reader, source.home()).settings();
        var nats = new NatsAssembly(reader, cluster).settings();
        return new Settings(
                reader.text("environment"),
                source.home().resolve(reader.text("data-dir")).normalize(),
                new JournalAssembly(reader).settings(),
                witness(),
                cluster,
                new HttpAssembly(reader, source.home()).settings(),
                new DemoSettings(reader.integer("demo.candles-per-second")),
                nats,
                new TableAssembly(reader).settings(nats),
                new CandleSettings(reader.integer("candles.in-flight"), reader.duration("candles.history-timeout")),
                new SignalSettings(reader.duration("signals.max-age"), reader.integer("signals.recent")),
                new BacktestSettings(
                        reader.integer("backtest.max-candles"),
                        reader.duration("backtest.timeout"),
                        reader.integer("backtest.at-once")),
                config(),
                new InitialSettings(reader.list("initial.symbols"), reader.list("initial.timeframes")),
                build(),
                logLevel(),
                new ObserveAssembly(reader).settings(),
                source);
    }

    private WitnessSettings witness() {
        var name = reader.text("nats.witness-bucket.name");
        var replicas = reader.positive("nats.witness-bucket.replicas");
        return new WitnessSettings(
                reader.oneOf("witness", WitnessSettings.Kind.class),
                SettingsReader.refusedAs("nats.witness-bucket.name", () -> new NatsWitness.Bucket(name, replicas)));
    }

    private ConfigSettings config() {
        return new ConfigSettings(
                reader.duration("config.append-timeout"),
                reader.duration("config.push-timeout"),
                reader.duration("config.heartbeat"),
                reader.list("config.quote-currencies"));
    }

    private BuildInfo build() {
        var version = reader.text("build.version");
        return new BuildInfo(
                version.isEmpty() ? Version.text() : version,
                reader.text("build.commit-sha"),
                reader.text("build.date"));
    }

    /** The Python bot's names are understood too. */
    private Level logLevel() {
        return switch (reader.text("log.level").toUpperCase(Locale.ROOT)) {
            case "WARNING" -> Level.WARN;
            case "CRITICAL" -> Level.ERROR;
            default -> reader.oneOf("log.level", Level.class);
        };
    }
}
