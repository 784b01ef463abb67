package io.tabot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What the service said to a request: its envelope, with data or with an error. */
record ServiceAnswer(int status, ObjectNode envelope) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing where the text is no envelope: something else answers at that address. */
    static Optional<ServiceAnswer> of(int status, String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object
                            && object.path("success").isBoolean()
                    ? Optional.of(new ServiceAnswer(status, object))
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    boolean isDone() {
        return envelope.path("success").asBoolean();
    }

    JsonNode data() {
        return envelope.path("data");
    }

    JsonNode metadata() {
        return envelope.path("metadata");
    }

    JsonNode error() {
        return envelope.path("error");
    }

    /** The newest revision that the service knew. */
    long revision() {
        return metadata().path("revision").asLong();
    }

    /** The same about a part of the data. */
    ServiceAnswer withData(JsonNode part) {
        var copy = envelope.deepCopy();
        copy.set("data", part);
        return new ServiceAnswer(status, copy);
    }
}
