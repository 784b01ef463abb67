package io.tabot.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Says in our words why a text is no JSON, and where. The parser's own speak of its options and its classes. */
public final class JsonMistake {
    private JsonMistake() {}

    /** The end of a sentence that begins with what the text is, e.g. "the body". */
    public static String tell(JsonProcessingException e) {
        var location = e.getLocation();
        var where = location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return switch (e) {
            case JsonEOFException _ -> "ends too early" + where;
            case StreamConstraintsException _ -> "is nested too deeply or has too long a number or text" + where;
            case MismatchedInputException _ -> "has more after its end" + where;
            // The parser has no class of its own for this.
            default ->
                String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
                        ? "has a name twice in one object" + where
                        : "is not JSON" + where;
        };
    }
}
