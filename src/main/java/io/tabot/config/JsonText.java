package io.tabot.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between JSON text and plain values. Names that appear twice in an object are an error, not a choice. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    static String write(Map<String, ? extends @Nullable Object> object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values always have a JSON text", e);
        }
    }

    /** @throws ConfigFormatException if the text is not one JSON object */
    static Map<String, @Nullable Object> readObject(String json) {
        if (json.isBlank()) {
            throw new ConfigFormatException("the text is empty");
        }
        Object value;
        try {
            value = MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new ConfigFormatException("the text " + JsonMistake.tell(e), e);
        }
        if (value instanceof Map<?, ?> map) {
            return JsonValues.freezeMap(map);
        }
        throw new ConfigFormatException("the text is not a JSON object");
    }
}
