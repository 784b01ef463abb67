package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigState;
import io.tabot.config.NodeMessage;
import io.tabot.testing.TestCluster;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.jackson.JacksonCborSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes say to each other arrives as it was sent; each message that there is has a sample here. */
@TestInstance(Lifecycle.PER_CLASS)
class NodeMessagesTest {
    private final ActorTestKit kit = TestCluster.plain();
    private final NodeMessageSamples samples = new NodeMessageSamples(kit);

    @AfterAll
    void stop() {
        kit.shutdownTestKit();
    }

    Stream<NodeMessage> messages() {
        return samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void arrivesAsItWasSent(NodeMessage message) {
        new SerializationTestKit(kit.system()).verifySerialization(message, true);
        assertThat(serializer(message)).isEqualTo("jackson-cbor");
    }

    @Test
    void everyMessageHasASample() {
        var sampled = samples.all().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(sampled).containsAll(messageTypes());
    }

    @Test
    void everyPartThatAMessageCanHaveIsInASample() {
        var seen = new HashSet<Class<?>>();
        samples.all().forEach(message -> collect(message, seen));
        var reachable = new HashSet<Class<?>>();
        messageTypes().forEach(type -> reach(type, reachable));
        var missing = reachable.stream()
                .filter(Class::isRecord)
                .filter(type -> !seen.contains(type))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).isEmpty();
    }

    @Test
    void aStateLeavesTheMemoryOfIdempotencyKeysBehind() {
        var state = samples.stateWithMemory();
        assertThat(state.remembered().events()).isNotEmpty();
        var sent = new ConfigFeed.StateIs(state, 1, List.of());
        var arrived = (ConfigFeed.StateIs) new SerializationTestKit(kit.system()).verifySerialization(sent, false);
        assertThat(arrived.state()).isEqualTo(state.withoutMemory());
    }

    @Test
    void anAnsweredCandleIsNoJavaObject() {
        assertThat(serializer(Done.getInstance())).doesNotContain("java");
    }

    @Test
    void whatIsNotMeantForOthersIsRefused() {
        var serialization = SerializationExtension.get(kit.system());
        assertThatThrownBy(
                        () -> serialization.serialize(new ConfigEntity.Stop()).get())
                .hasMessageContaining("No configured serialization-bindings");
    }

    private String serializer(Object message) {
        var serializer = SerializationExtension.get(kit.system()).findSerializerFor(message);
        return serializer instanceof JacksonCborSerializer
                ? "jackson-cbor"
                : serializer.getClass().getName();
    }

    private static Set<Class<?>> messageTypes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.tabot").stream()
                        .filter(type -> type.isAssignableTo(NodeMessage.class))
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(type -> type.reflect())
                        .collect(Collectors.toSet());
    }

    /** Every type that a message of this type may hold. */
    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() != ActorRef.class) {
            reach(parameterized.getRawType(), reached);
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof Class<?> known && isOurs(known) && reached.add(known)) {
            if (known.isSealed()) {
                Arrays.stream(known.getPermittedSubclasses()).forEach(permitted -> reach(permitted, reached));
            } else if (known.isRecord()) {
                Arrays.stream(known.getRecordComponents()).forEach(part -> reach(part.getGenericType(), reached));
            }
        }
    }

    /** The types that a sample does hold. */
    private static void collect(Object value, Set<Class<?>> seen) {
        if (value instanceof Collection<?> items) {
            items.forEach(item -> collect(item, seen));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, seen));
        } else if (value != null && isOurs(value.getClass()) && value.getClass().isRecord()) {
            seen.add(value.getClass());
            for (var part : value.getClass().getRecordComponents()) {
                collect(read(part, value), seen);
            }
        }
    }

    private static Object read(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events and states have a JSON form of their own, which other tests hold to its word. */
    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().startsWith("io.tabot") && type != ConfigEvent.class && type != ConfigState.class;
    }
}
