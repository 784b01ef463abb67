package io.tabot.config;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How {@link NodeMessage}s become bytes, besides what Jackson does by itself: events and states go in their one JSON
 * form, and of a sealed type its permitted records by their simple names, so that no name of a class is trusted.
 */
public final class NodeMessageModule extends SimpleModule {
    private static final String KIND = "@kind";

    public NodeMessageModule() {
        super("ta-bot-node-messages", Version.unknownVersion());
        asText(ConfigEvent.class, ConfigEventJson::write, ConfigEventJson::read);
        // Readers need no memory of idempotency keys, and with it a state would not fit into a frame.
        asText(ConfigState.class, state -> ConfigStateJson.write(state.withoutMemory()), ConfigStateJson::read);
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new SealedTypes());
    }

    private <T> void asText(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new TextSerializer<>(type, write));
        addDeserializer(type, new TextDeserializer<>(type, read));
    }

    private static final class TextSerializer<T> extends StdSerializer<T> {
        private final transient Function<T, String> write;

        private TextSerializer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(write.apply(value));
        }
    }

    private static final class TextDeserializer<T> extends StdDeserializer<T> {
        private final transient Function<String, T> read;

        private TextDeserializer(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read.apply(parser.getText());
        }
    }

    /** What annotations on each sealed type would say. */
    private static final class SealedTypes extends NopAnnotationIntrospector {
        @Override
        public @Nullable TypeResolverBuilder<?> findTypeResolver(
                MapperConfig<?> config, AnnotatedClass annotated, JavaType baseType) {
            return isOurs(annotated.getRawType())
                    ? new StdTypeResolverBuilder(JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true))
                    : null;
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            return isOurs(annotated.getRawType())
                    ? records(annotated.getRawType())
                            .map(type -> new NamedType(type, type.getSimpleName()))
                            .toList()
                    : null;
        }

        private static boolean isOurs(Class<?> type) {
            return type.isSealed() && type.getPackageName().startsWith("io.tabot");
        }

        private static Stream<Class<?>> records(Class<?> type) {
            return type.isSealed()
                    ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedTypes::records)
                    : Stream.of(type);
        }
    }
}
