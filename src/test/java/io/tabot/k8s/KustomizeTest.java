package io.tabot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeTest {
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @TempDir
    Path temporary;

    /** The order of lists whose entries have names, and the hash in names, are kustomize's business. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void rendersWhatKustomizeDoes(String overlay) throws Exception {
        var kustomize = command();
        assumeTrue(!kustomize.isEmpty(), "neither kubectl nor kustomize is here to compare with");
        var folder = Markdown.root().resolve("k8s/overlays").resolve(overlay);
        var output = Files.createFile(temporary.resolve("all.yaml"));
        var process = new ProcessBuilder(Stream.concat(kustomize.stream(), Stream.of(folder.toString()))
                        .toList())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        Files.writeString(output, Files.readString(output).replaceAll("(ta-bot-config)-[0-9a-z]{10}\\b", "$1"));

        assertThat(normal(Kustomize.render(folder))).isEqualTo(normal(Kustomize.documents(output)));
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        Files.writeString(temporary.resolve("kustomization.yaml"), "namePrefix: a-\n");

        assertThatThrownBy(() -> Kustomize.render(temporary)).hasMessageContaining("namePrefix");
    }

    @Test
    void refusesAPatchOfNothing() throws IOException {
        Files.writeString(temporary.resolve("kustomization.yaml"), "patches: [{path: a.yaml}]\n");
        Files.writeString(temporary.resolve("a.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: gone}\n");

        assertThatThrownBy(() -> Kustomize.render(temporary)).hasMessageContaining("v1 Service gone");
    }

    private static List<String> command() {
        return Stream.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))
                .filter(command -> Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.getFirst()))))
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> normal(List<? extends JsonNode> objects) throws IOException {
        var texts = new ArrayList<String>();
        for (var object : objects) {
            texts.add(SORTED.writeValueAsString(sorted(object)));
        }
        texts.sort(Comparator.naturalOrder());
        return texts;
    }

    private static Object sorted(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(KustomizeTest::sorted)
                    .sorted(Comparator.comparing(String::valueOf))
                    .toList();
        }
        if (!node.isObject()) {
            return node.isNumber() ? node.asText() : SORTED.convertValue(node, Object.class);
        }
        var fields = new TreeMap<String, Object>();
        node.fields().forEachRemaining(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return fields;
    }
}
