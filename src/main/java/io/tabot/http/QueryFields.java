package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query by name, and collects what is wrong with them. A name that the route does not know is
 * an error: a filter with a slip in its name must not show everything.
 */
final class QueryFields {
    /** One letter off is another timeframe, so short names are not guessed. */
    private static final int GUESSED_LENGTH_MIN = 4;

    private static final int SHOWN_LENGTH_MAX = 60;

    private final Query query;
    private final List<FieldError> errors = new ArrayList<>();

    QueryFields(HttpRequest request, String... known) {
        this.query = request.getUri().query();
        var names = new ArrayList<>(List.of(known));
        names.add(Routes.ENVIRONMENT);
        query.toMultiMap().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> refuse(name, Code.UNKNOWN_FIELD, "Unknown parameter: " + name, names));
    }

    /** All that is wrong, if anything is. */
    Optional<Answer> refusal() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(ErrorItems.refusal(errors));
    }

    void refuse(FieldError error) {
        errors.add(error);
    }

    Optional<String> text(String name) {
        return query.get(name).filter(text -> !text.isEmpty());
    }

    /** A whole number that a revision can be. */
    @Nullable Long number(String name) {
        var text = text(name);
        if (text.isPresent() && !text.get().matches("\\d{1,16}")) {
            errors.add(new FieldError(name, Code.INVALID_TYPE, name + " must be a whole number from 0", null, null));
            return null;
        }
        return text.map(Long::valueOf).orElse(null);
    }

    @Nullable Instant instant(String name) {
        return instant(name, "a time with its offset, e.g. 2026-02-03T04:05:06Z");
    }

    /** @param wanted what the field may be, for whoever sent something else */
    @Nullable Instant instant(String name, String wanted) {
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.get()).toInstant();
        } catch (DateTimeException _) {
            errors.add(new FieldError(name, Code.INVALID_FORMAT, name + " must be " + wanted, null, null));
            return null;
        }
    }

    int whole(String name, int min, int max, int otherwise) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            var number = Long.parseLong(text.get());
            if (min <= number && number <= max) {
                return (int) number;
            }
            errors.add(new FieldError(
                    name,
                    Code.OUT_OF_RANGE,
                    name + " must be from " + min + " to " + max + ", got " + number,
                    Allowed.range(min, max),
                    Math.clamp(number, min, max)));
        } catch (NumberFormatException _) {
            errors.add(new FieldError(
                    name, Code.INVALID_TYPE, name + " must be a whole number", Allowed.range(min, max), otherwise));
        }
        return otherwise;
    }

    /** A number within bounds; null when it is not given, or is no such number. */
    @Nullable Double decimal(String name, double min, double max) {
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        var number = text.get().matches("-?\\d{1,15}(\\.\\d{1,20})?")
                ? Double.valueOf(text.get())
                : Double.valueOf(Double.NaN);
        if (min <= number && number <= max) {
            return number;
        }
        errors.add(new FieldError(
                name,
                Code.OUT_OF_RANGE,
                name + " must be a number from " + min + " to " + max,
                Allowed.range(min, max),
                number.isNaN() ? null : Math.clamp(number, min, max)));
        return null;
    }

    /** True or false; null when it is not given, or is neither. */
    @Nullable Boolean flag(String name) {
        return oneOf(
                name,
                text -> text.equals("true") || text.equals("false")
                        ? Optional.of(text.equals("true"))
                        : Optional.empty(),
                List.of("true", "false"));
    }

    /** One of a list of names; the value that the name stands for, or null when it is not given or not in the list. */
    <T> @Nullable T oneOf(String name, Function<String, Optional<T>> find, Collection<String> known) {
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        var found = find.apply(text.get());
        if (found.isEmpty()) {
            refuse(name, Code.INVALID_VALUE, unknown(name, text.get(), known), text.get(), known);
        }
        return found.orElse(null);
    }

    /** What an earlier answer called {@code next}, read by the route that made it. */
    <T> @Nullable T cursor(Function<String, Optional<T>> read) {
        var text = text("cursor");
        var cursor = text.flatMap(read);
        if (text.isPresent() && cursor.isEmpty()) {
            errors.add(new FieldError(
                    "cursor", Code.INVALID_FORMAT, "cursor must be what an answer called next", null, null));
        }
        return cursor.orElse(null);
    }

    private static String unknown(String name, String text, Collection<String> known) {
        var shown = text.length() <= SHOWN_LENGTH_MAX ? text : text.substring(0, SHOWN_LENGTH_MAX) + "...";
        return "Unknown " + name + ": " + shown + "; known: " + String.join(", ", known);
    }

    private void refuse(String field, Code code, String message, Collection<String> known) {
        refuse(field, code, message, field, known);
    }

    private void refuse(String field, Code code, String message, String meant, Collection<String> known) {
        var nearest = meant.length() < GUESSED_LENGTH_MIN ? Optional.<String>empty() : Nearest.of(meant, known);
        errors.add(new FieldError(field, code, message, Allowed.oneOf(List.copyOf(known)), nearest.orElse(null)));
    }
}
