package io.tabot.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The parameters of a query as if they were the fields of a body, so that they are judged by the same rules. */
final class QueryBody {
    private static final Set<String> FLAGS = Set.of("validate_only");
    private static final Set<String> NUMBERS = Set.of("expected_revision", "expected_version");

    private QueryBody() {}

    static Map<String, @Nullable Object> of(HttpRequest request) {
        var query = request.getUri().query();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        query.toMultiMap().keySet().stream()
                .filter(name -> !name.equals(Routes.ENVIRONMENT) && !WaitFields.NAMES.contains(name))
                .sorted()
                .forEach(name -> fields.put(name, value(name, query.get(name).orElse(""))));
        return fields;
    }

    /** What has not the form of its type stays a text, and is refused as one. */
    private static Object value(String name, String text) {
        if (FLAGS.contains(name) && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        return NUMBERS.contains(name) && text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }
}
