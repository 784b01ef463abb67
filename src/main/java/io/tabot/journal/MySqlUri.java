package io.tabot.journal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which MySQL and which database in it. Holds the password; {@link #toString} is what may be shown. One server only: a
 * driver that goes on with another one by itself may lose what was acknowledged.
 *
 * @param server host and port
 * @param options of the driver, by name
 */
public record MySqlUri(String server, String database, String user, String password, Map<String, String> options) {
    private static final Pattern FORM =
            Pattern.compile("(jdbc:)?mysql(\\+\\w+)?://(?:(.*)@)?([^/?@]*)(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[\\w.-]+)(:\\d{1,5})?");
    private static final String DEFAULT_PORT = ":3306";
    private static final String EXAMPLE = "mysql://user:password@host:3306/database";

    public MySqlUri {
        options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
        var matcher = SERVER.matcher(server);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    server.contains(",")
                            ? "name one server, not several: one that takes over may lack acknowledged changes"
                            : "no valid host and port; it looks like " + EXAMPLE);
        }
        server = matcher.group(2) == null ? server + DEFAULT_PORT : server;
        if (database.isEmpty()) {
            throw new IllegalArgumentException("names no database; it looks like " + EXAMPLE);
        }
    }

    /**
     * Reads {@code mysql://user:password@host:3306/database?options}. {@code mysql+pymysql://} is understood too, its
     * options are not; in {@code jdbc:mysql://} user and password may be options.
     *
     * @throws IllegalArgumentException if it can't be used, without quoting it
     */
    public static MySqlUri parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an address of MySQL, which looks like " + EXAMPLE);
        }
        var options = options(matcher.group(2) == null && matcher.group(6) != null ? matcher.group(6) : "");
        var login = matcher.group(3) == null ? "" : matcher.group(3);
        var colon = login.indexOf(':');
        var user = decoded(colon < 0 ? login : login.substring(0, colon));
        var password = colon < 0 ? "" : decoded(login.substring(colon + 1));
        var optionUser = options.remove("user");
        var optionPassword = options.remove("password");
        return new MySqlUri(
                matcher.group(4),
                matcher.group(5) == null ? "" : decoded(matcher.group(5)),
                user.isEmpty() && optionUser != null ? optionUser : user,
                password.isEmpty() && optionPassword != null ? optionPassword : password,
                options);
    }

    /** What JDBC takes, without user and password. */
    String jdbcUrl() {
        return jdbcUrl(DriverTimeouts.ANSWER);
    }

    /** @param answer how long the server may take to answer, unless the options say something else */
    public String jdbcUrl(Duration answer) {
        var all = new LinkedHashMap<String, String>();
        all.put("connectTimeout", Long.toString(DriverTimeouts.CONNECT.toMillis()));
        all.put("socketTimeout", Long.toString(answer.toMillis()));
        all.put("tcpKeepAlive", "true");
        all.put("connectionTimeZone", "UTC");
        all.put("characterEncoding", "UTF-8");
        all.putAll(options);
        return all.entrySet().stream()
                .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                .collect(Collectors.joining("&", "jdbc:mysql://" + server + "/" + encoded(database) + "?", ""));
    }

    @Override
    public String toString() {
        return "mysql://" + server + "/" + database;
    }

    private static Map<String, String> options(String query) {
        var options = new LinkedHashMap<String, String>();
        Arrays.stream(query.split("&")).filter(option -> !option.isEmpty()).forEach(option -> {
            var parts = option.split("=", 2);
            options.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        });
        return options;
    }

    /** As in any URI: a plus is a plus. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a % that encodes nothing: user and password must be URL-encoded", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
