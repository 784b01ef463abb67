package io.tabot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.FieldError;
import io.tabot.config.WholeConfig;
import io.tabot.config.WholeConfigJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A whole configuration as text: from a file, or out of an answer. */
final class ConfigFile {
    private ConfigFile() {}

    static WholeConfig read(Path file) {
        return parse(text(file), file.toString());
    }

    /** What the service calls the whole configuration. */
    static WholeConfig of(JsonNode data) {
        return parse(data.toString(), "the service's answer");
    }

    /** Whether the file says anything about strategies, be it that nothing is set. */
    static boolean hasStrategies(Path file) {
        try {
            return new ObjectMapper().readTree(text(file)).has("strategies");
        } catch (JsonProcessingException e) {
            throw new UserError(file + " is no JSON");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": there is no such file");
        } catch (IOException e) {
            throw new UserError(file + " can't be read: " + e.getMessage());
        }
    }

    static UserError refused(String origin, List<FieldError> errors) {
        return new UserError(
                origin + ": " + errors.stream().map(ConfigFile::shown).collect(Collectors.joining("; ")));
    }

    private static WholeConfig parse(String text, String origin) {
        return switch (WholeConfigJson.read(text)) {
            case WholeConfigJson.Result.Read(var config) -> config;
            case WholeConfigJson.Result.Malformed(var errors) -> throw refused(origin, errors);
        };
    }

    private static String shown(FieldError error) {
        var place = error.field().isEmpty() ? "" : error.field() + ": ";
        var suggestion = error.suggestedValue() == null ? "" : " (did you mean " + error.suggestedValue() + "?)";
        return place + error.message().replaceAll("\\s+", " ") + suggestion;
    }
}
