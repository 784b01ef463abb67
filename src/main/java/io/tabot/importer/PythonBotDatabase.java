package io.tabot.importer;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.tabot.journal.JournalUnavailableException;
import io.tabot.journal.MongoUri;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Reads the Python bot's collections, and nothing else there; writes nothing. */
public final class PythonBotDatabase {
    private PythonBotDatabase() {}

    /** @throws JournalUnavailableException if the database can't be read */
    public static PythonBotData read(MongoUri uri) {
        try (var client = MongoClients.create(uri.withTimeouts())) {
            var database = client.getDatabase(uri.database());
            return new PythonBotData(PythonBotData.COLLECTIONS.stream()
                    .collect(Collectors.toMap(name -> name, name -> rows(database, name))));
        } catch (MongoException e) {
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new JournalUnavailableException(uri + " can't be read: "
                    + e.getClass().getSimpleName() + ": " + reason.replaceFirst("\\. Client view of cluster.*", ""));
        }
    }

    private static List<SourceRow> rows(MongoDatabase database, String collection) {
        return rows(collection, database.getCollection(collection).find());
    }

    static List<SourceRow> rows(String collection, Iterable<Document> documents) {
        var rows = new ArrayList<SourceRow>();
        for (var document : documents) {
            var fields = object(document);
            rows.add(new SourceRow(collection, String.valueOf(fields.remove("_id")), fields));
        }
        return rows;
    }

    static Map<String, @Nullable Object> object(Document document) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        document.forEach((name, value) -> fields.put(name, value(value)));
        return fields;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Document document -> object(document);
            case List<?> list -> list(list);
            case Integer whole -> whole.longValue();
            case Date date -> date.toInstant();
            case Decimal128 number ->
                number.isFinite() ? number.bigDecimalValue().doubleValue() : number.doubleValue();
            case String text -> text;
            case Boolean flag -> flag;
            case Long whole -> whole;
            case Double number -> number;
            // What JSON has no value for, an id for example, is shown as text and judged as such.
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(List<?> list) {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(value(item)));
        return items;
    }
}
