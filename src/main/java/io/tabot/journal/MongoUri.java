package io.tabot.journal;

import com.mongodb.ConnectionString;
import com.mongodb.ReadPreference;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which MongoDB and which database in it. Holds the password; {@link #toString} is what may be shown. Only the primary
 * is ever read: a secondary may lack what was acknowledged.
 */
public final class MongoUri {
    /** The database of the Python bot, where neither the URI nor a setting names another. */
    public static final String DEFAULT_DATABASE = "petrosa";

    private final String text;
    private final ConnectionString parsed;
    private final String database;

    private MongoUri(String text, ConnectionString parsed, String database) {
        this.text = text;
        this.parsed = parsed;
        this.database = database;
    }

    /**
     * Reads {@code mongodb://user:password@host,host/database?options} or {@code mongodb+srv://...}.
     *
     * @param database wins over that of the URI, which is also where the user is known; may be empty
     * @throws IllegalArgumentException if it can't be used, without quoting it
     */
    public static MongoUri parse(String text, String database) {
        var parsed = parsed(text);
        var preference = parsed.getReadPreference();
        if (preference != null && !preference.equals(ReadPreference.primary())) {
            throw new IllegalArgumentException(
                    "readPreference must be primary: what a secondary holds may lack acknowledged changes");
        }
        var named = parsed.getDatabase() == null ? DEFAULT_DATABASE : parsed.getDatabase();
        return new MongoUri(text, parsed, database.isEmpty() ? named : database);
    }

    public String database() {
        return database;
    }

    /** With user and password, and with time-outs where it has none of its own. */
    public String withTimeouts() {
        var uri = new StringBuilder(text);
        addUnlessGiven(uri, "serverSelectionTimeoutMS", DriverTimeouts.CONNECT.toMillis());
        addUnlessGiven(uri, "connectTimeoutMS", DriverTimeouts.CONNECT.toMillis());
        addUnlessGiven(uri, "socketTimeoutMS", DriverTimeouts.ANSWER.toMillis());
        addUnlessGiven(uri, "waitQueueTimeoutMS", DriverTimeouts.ANSWER.toMillis());
        return uri.toString();
    }

    @Override
    public String toString() {
        return (parsed.isSrvProtocol() ? "mongodb+srv://" : "mongodb://")
                + parsed.getHosts().stream().collect(Collectors.joining(",")) + "/" + database;
    }

    private static void addUnlessGiven(StringBuilder uri, String option, long millis) {
        var given = uri.toString();
        if (given.toLowerCase(Locale.ROOT).contains(option.toLowerCase(Locale.ROOT) + "=")) {
            return;
        }
        var authority = given.indexOf("://") + "://".length();
        if (given.contains("?")) {
            uri.append(given.endsWith("?") ? "" : "&");
        } else {
            uri.append(given.indexOf('/', authority) < 0 ? "/?" : "?");
        }
        uri.append(option).append('=').append(millis);
    }

    private static ConnectionString parsed(String text) {
        try {
            return new ConnectionString(text);
        } catch (IllegalArgumentException e) {
            // The driver's message may quote parts of the input, password included.
            throw new IllegalArgumentException("not an address of MongoDB, which looks like"
                    + " mongodb://user:password@host:27017/database with user and password URL-encoded");
        }
    }
}
