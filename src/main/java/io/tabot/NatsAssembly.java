package io.tabot;

import io.tabot.nats.NatsCredentials;
import io.tabot.nats.NatsSettings;
import io.tabot.nats.NatsUrl;
import io.tabot.nats.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From keys to the settings of NATS, whose records know their rules and not our keys. */
final class NatsAssembly {
    /** Where messages don't repeat or carry no ids, the server's own default does. */
    private static final Duration SERVERS_DUPLICATE_WINDOW = Duration.ofMinutes(2);

    private static final int ALL_MESSAGES = 0;

    private final SettingsReader reader;
    private final ClusterSettings cluster;

    NatsAssembly(SettingsReader reader, ClusterSettings cluster) {
        this.reader = reader;
        this.cluster = cluster;
    }

    /** Nothing when no address is given, or NATS is turned off. */
    Optional<NatsSettings> settings() {
        return reader.flag("nats.enabled") && !reader.text("nats.url").isEmpty()
                ? Optional.of(SettingsReader.refusedAs("nats", this::connected))
                : Optional.empty();
    }

    private NatsSettings connected() {
        var name = "tabot-" + reader.text("environment");
        return new NatsSettings(
                SettingsReader.refusedAs("nats.url", () -> NatsUrl.parse(reader.text("nats.url"))),
                name,
                credentials(),
                reader.oneOf("nats.mode", NatsSettings.Mode.class),
                new NatsSettings.Candles(
                        reader.list("nats.candle-subjects"),
                        reader.list("nats.kline-subjects"),
                        reader.list("nats.extraction-subjects"),
                        SettingsReader.refusedAs("nats.candle-stream", this::candleStream),
                        delivery(name)),
                signals(),
                SettingsReader.refusedAs("nats.config-subject", this::notices));
    }

    private NatsSettings.Notices notices() {
        return new NatsSettings.Notices(
                reader.text("nats.config-subject") + "." + reader.text("environment"),
                reader.flag("nats.config-changes"),
                reader.duration("nats.config-head-interval"),
                reader.text("nats.config-head-stream.name").isEmpty()
                        ? Optional.empty()
                        : Optional.of(SettingsReader.refusedAs("nats.config-head-stream", this::headStream)));
    }

    /** One subject, one message an interval: nothing to tell repetitions apart by. */
    private StreamSettings headStream() {
        return new StreamSettings(
                reader.text("nats.config-head-stream.name"),
                ALL_MESSAGES,
                reader.duration("nats.config-head-stream.max-age"),
                SERVERS_DUPLICATE_WINDOW,
                StreamSettings.Storage.FILE,
                reader.positive("nats.config-head-stream.replicas"));
    }

    private NatsSettings.Delivery delivery(String name) {
        return new NatsSettings.Delivery(
                name,
                reader.positiveDuration("nats.ack-wait"),
                reader.positive("nats.max-ack-pending"),
                reader.positive("nats.fetch-batch"),
                reader.positive("nats.buffer"));
    }

    private NatsSettings.Signals signals() {
        return new NatsSettings.Signals(
                reader.text("nats.signal-subject"),
                SettingsReader.refusedAs("nats.signal-stream", this::signalStream),
                reader.duration("signals.max-age"),
                reader.positiveDuration("nats.publish-timeout"),
                reader.positive("nats.publish-in-flight"),
                cluster.node());
    }

    private StreamSettings candleStream() {
        return new StreamSettings(
                reader.text("nats.candle-stream.name"),
                reader.positive("nats.candle-stream.messages-per-subject"),
                reader.duration("nats.candle-stream.max-age"),
                SERVERS_DUPLICATE_WINDOW,
                reader.oneOf("nats.candle-stream.storage", StreamSettings.Storage.class),
                reader.positive("nats.candle-stream.replicas"));
    }

    private StreamSettings signalStream() {
        return new StreamSettings(
                reader.text("nats.signal-stream.name"),
                ALL_MESSAGES,
                reader.duration("nats.signal-stream.max-age"),
                reader.positiveDuration("nats.signal-stream.duplicate-window"),
                reader.oneOf("nats.signal-stream.storage", StreamSettings.Storage.class),
                reader.positive("nats.signal-stream.replicas"));
    }

    private NatsCredentials credentials() {
        var file = given("nats.credentials-file");
        return NatsCredentials.of(
                given("nats.user"), given("nats.password"), given("nats.token"), file == null ? null : Path.of(file));
    }

    private @Nullable String given(String key) {
        var text = reader.text(key);
        return text.isEmpty() ? null : text;
    }
}
