package io.tabot.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tabot.config.JsonMistake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the API writes it, and as strictly as it reads it. */
final class Json {
    /** Configurations are flat; anything much deeper is an attack or a mistake. */
    private static final int NESTING_MAX = 32;

    private static final int NUMBER_LENGTH_MAX = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper WRITER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule().addSerializer(new Times()))
            .build();

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final ObjectMapper READER = reader();

    /** An object, or the sentence that says why the bytes are none. */
    sealed interface Read {
        record Fields(Map<String, @Nullable Object> fields) implements Read {}

        record Malformed(String reason) implements Read {}
    }

    private Json() {}

    static byte[] write(Object value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    /** One line; null is {@code null}. */
    static String text(@Nullable Object value) {
        try {
            return CANONICAL.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of a document that is no JSON", e);
        }
    }

    /** The same text for the same value, however the caller ordered the fields. */
    static String canonical(Map<String, ?> fields) {
        try {
            return CANONICAL.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON is no JSON", e);
        }
    }

    /** What was written by one of our own codecs. */
    static ObjectNode object(byte[] json) {
        try {
            return WRITER.readValue(json, ObjectNode.class);
        } catch (IOException e) {
            throw new IllegalStateException("written here, and no JSON object", e);
        }
    }

    /** Whether an answer in the envelope says that nothing came of the request. */
    static boolean isRefusal(String answer) {
        try {
            var success = WRITER.readTree(answer).path("success");
            return success.isBoolean() && !success.asBoolean();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("written here, and no JSON", e);
        }
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static Read readObject(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (text.toString().isBlank()) {
                return new Read.Malformed("the body is empty");
            }
            return READER.readValue(text.toString(), Object.class) instanceof Map<?, ?> map
                    ? new Read.Fields(fields(map))
                    : new Read.Malformed("the body must be a JSON object");
        } catch (CharacterCodingException e) {
            return new Read.Malformed("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            return new Read.Malformed("the body " + JsonMistake.tell(e));
        }
    }

    private static Map<String, @Nullable Object> fields(Map<?, ?> map) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> fields.put((String) name, value));
        return fields;
    }

    private static ObjectMapper reader() {
        var mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonParser.Feature.ALLOW_COMMENTS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxNumberLength(NUMBER_LENGTH_MAX)
                        .build());
        return mapper;
    }

    /** Always six digits, as the Python bot's clients parse them. */
    private static final class Times extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Times() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(time(instant));
        }
    }
}
