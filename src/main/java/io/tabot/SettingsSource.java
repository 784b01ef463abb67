package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings came from: the layers of configuration on top of each other, in the order that application.conf
 * tells. The environment is laid over the operator's own file too, so that a variable wins even where that file has no
 * line for it.
 */
public final class SettingsSource {
    /** The project's folder, as the launch script tells it. */
    static final String HOME_PROPERTY = "tabot.home";

    private static final String FILE_PROPERTY = "config.file";
    private static final String FILE_NAME = "application.conf";
    private static final String VARIABLE_ORIGIN = "environment variable ";
    private static final Set<String> ADDRESSES =
            Set.of("tabot.nats.url", "tabot.mongodb.uri", "tabot.mysql.uri", "tabot.tracing.otlp-endpoint");
    private static final Set<String> SECRETS = Set.of(
            "tabot.nats.password",
            "tabot.nats.token",
            "tabot.http.tokens",
            "tabot.http.tls.password",
            "tabot.cluster.tls.password",
            "tabot.mysql.password",
            "tabot.tracing.headers");

    private final Map<String, String> environment;
    private final Config layers;
    private final Config resolved;
    private final Path home;
    private final SettingNames names;

    SettingsSource(Map<String, String> environment, Properties properties, @Nullable Path file) {
        this.environment = environment;
        var shipped = ConfigFactory.parseResources(SettingsSource.class.getClassLoader(), FILE_NAME);
        this.names = new SettingNames(keys(shipped.resolve(ConfigResolveOptions.noSystem())));
        this.home = Path.of(properties.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
        this.layers = ConfigFactory.parseProperties(properties)
                .withoutPath(HOME_PROPERTY)
                .withFallback(overrides(shipped))
                .withFallback(ownFile(properties, file))
                .withFallback(homeFile(properties))
                .withFallback(shipped);
        // What only Pekko's own defaults can resolve is left for later: parsing those takes a command's whole time.
        this.resolved = layers.resolve(options().setAllowUnresolved(true));
        names.refuseUnknownKeys(keys(resolved));
        names.refuseUnknownVariables(environment);
    }

    /** Everything that an actor system reads: these layers over the service's and the libraries' own defaults. */
    public Config actorSystem() {
        return layers.withFallback(
                        ConfigFactory.parseResources(SettingsSource.class.getClassLoader(), "ta-bot-system.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(options());
    }

    /** The effective value of every setting, one a line, without secrets. */
    public List<String> describe() {
        return names.keys().stream()
                .map(key -> key + " = " + shown(key) + origin(key))
                .toList();
    }

    /** Variables of the Python bot that are set and have no effect: worth one warning. */
    public List<String> ignoredVariables() {
        return PythonVariables.ignored(environment);
    }

    Config settings() {
        return resolved;
    }

    Path home() {
        return home;
    }

    SettingNames names() {
        return names;
    }

    /** A value as it may be printed. */
    String shown(String key) {
        if (!resolved.hasPath(key)) {
            return "nothing";
        }
        var value = resolved.getValue(key).unwrapped();
        if (SECRETS.contains(key)) {
            return value.equals("") ? "''" : value.equals(List.of()) ? "[]" : "(hidden)";
        }
        if (value.equals("")) {
            return "''";
        }
        return ADDRESSES.contains(key) ? withoutLogin(value.toString()) : value.toString();
    }

    /** The addresses of servers, each of which may carry a user and password, and others among its options. */
    private static String withoutLogin(String servers) {
        return Arrays.stream(servers.split(","))
                .map(server -> server.replaceAll("^(\\s*[\\w:+]*://)?.*@", "$1(hidden)@")
                        .replaceAll("\\?.*", "?(hidden)"))
                .collect(Collectors.joining(","));
    }

    /** Which variable gave a value, if one did. */
    String origin(String key) {
        if (!resolved.hasPath(key)) {
            return "";
        }
        var origin = resolved.getValue(key).origin().description();
        return origin.startsWith(VARIABLE_ORIGIN) ? " (" + origin + ")" : "";
    }

    /** What the variables named in the shipped file set, the older names included. */
    private Config overrides(Config shipped) {
        var values = shipped.resolve(options()).entrySet().stream()
                .filter(entry -> entry.getValue().origin().description().startsWith(VARIABLE_ORIGIN))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var overrides = ConfigFactory.empty();
        for (var entry : values.entrySet()) {
            overrides = overrides.withValue(entry.getKey(), entry.getValue());
        }
        return overrides;
    }

    private static Config ownFile(Properties properties, @Nullable Path file) {
        var named = properties.getProperty(FILE_PROPERTY);
        if (file == null && named == null) {
            return ConfigFactory.empty();
        }
        var path = file == null ? Path.of(named) : file;
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new SettingsException("settings file " + path + " can't be read");
        }
        return ConfigFactory.parseFile(path.toFile());
    }

    /** The shipped file where an operator may have edited it since the build. */
    private Config homeFile(Properties properties) {
        var path = home.resolve(FILE_NAME);
        return properties.getProperty(HOME_PROPERTY) != null && Files.isReadable(path)
                ? ConfigFactory.parseFile(path.toFile())
                : ConfigFactory.empty();
    }

    private ConfigResolveOptions options() {
        return ConfigResolveOptions.noSystem().appendResolver(new Variables());
    }

    private static Set<String> keys(Config config) {
        return config.withOnlyPath("tabot").entrySet().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Looks up what the layers lack, so that {@code ${?NAME}} means the environment that we were given. */
    private final class Variables implements ConfigResolver {
        @Override
        public @Nullable ConfigValue lookup(String path) {
            var value = environment.get(path);
            return value == null ? null : ConfigValueFactory.fromAnyRef(value, VARIABLE_ORIGIN + path);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
