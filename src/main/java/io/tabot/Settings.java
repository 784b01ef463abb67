package io.tabot;

import com.typesafe.config.ConfigException;
import io.tabot.nats.NatsSettings;
import io.tabot.ops.BuildInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * application.conf as records: read once, and refused with one line that names the key, its value and what is allowed.
 *
 * @param environment the one that this process serves
 * @param dataDir absolute
 * @param nats nothing when there is none: then the demo runs
 * @param source where the values came from; also what an actor system reads
 */
public record Settings(
        String environment,
        Path dataDir,
        JournalSettings journals,
        WitnessSettings witness,
        ClusterSettings cluster,
        HttpSettings http,
        DemoSettings demo,
        Optional<NatsSettings> nats,
        TableSettings tables,
        CandleSettings candles,
        SignalSettings signals,
        BacktestSettings backtest,
        ConfigSettings config,
        InitialSettings initial,
        BuildInfo build,
        Level logLevel,
        ObserveSettings observe,
        SettingsSource source) {
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9-]{1,32}");

    public Settings {
        checkEnvironment(environment);
    }

    /** @throws SettingsException if no environment can have this name */
    static void checkEnvironment(String name) {
        SettingsException.unless(
                ENVIRONMENT.matcher(name).matches(), "environment", name, "1 to 32 of the characters a-z, 0-9 and -");
    }

    /** The settings of this process. */
    public static Settings load() {
        return load(null);
    }

    /** @param file the operator's own, or null for the one that a system property names */
    public static Settings load(@Nullable Path file) {
        return load(System.getenv(), System.getProperties(), file);
    }

    /** @throws SettingsException with all that is wrong in one line */
    public static Settings load(Map<String, String> environment, Properties properties, @Nullable Path file) {
        try {
            return from(new SettingsSource(Map.copyOf(environment), properties, file));
        } catch (ConfigException e) {
            throw new SettingsException(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** Without secrets, and without the layers: {@link SettingsSource#describe()} has more. */
    @Override
    public String toString() {
        return "Settings" + source.describe();
    }

    private static Settings from(SettingsSource source) {
        try {
            return new SettingsAssembly(new SettingsReader(source.settings())).settings(source);
        } catch (SettingsException e) {
            throw e.locatedIn(source);
        }
    }
}
