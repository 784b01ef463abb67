package io.tabot.importer;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bson.Document;

/** Documents as the Python bot and the data manager stored them, one of every shape, written by hand. */
public final class PythonBotSamples {
    private static final String FILE = "/importer/python-bot.json";

    private PythonBotSamples() {}

    static PythonBotData data() {
        return data(documents());
    }

    /** The same with other documents in some collections. */
    static PythonBotData with(Map<String, List<Document>> others) {
        var all = documents();
        all.putAll(others);
        return data(all);
    }

    /** Nothing but these collections. */
    static PythonBotData only(Map<String, List<Document>> collections) {
        return data(collections);
    }

    /** Stores them in a database, as they would be found. */
    public static void store(MongoDatabase database) {
        documents()
                .forEach((collection, documents) ->
                        database.getCollection(collection).insertMany(documents));
    }

    static Map<String, List<Document>> documents() {
        var root = Document.parse(text());
        return root.keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> root.getList(name, Document.class)));
    }

    private static PythonBotData data(Map<String, List<Document>> all) {
        return new PythonBotData(all.keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> PythonBotDatabase.rows(name, all.get(name)))));
    }

    private static String text() {
        try (InputStream stream = Objects.requireNonNull(PythonBotSamples.class.getResourceAsStream(FILE))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
