package io.tabot.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Markdown;
import java.util.List;
import java.util.stream.Stream;

/** The instructions of the Dockerfile, one a line, those of both stages in their order. */
record Dockerfile(List<String> instructions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Dockerfile read() {
        var text = Markdown.of("Dockerfile").text().replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", " ");
        return new Dockerfile(
                text.lines().filter(line -> !line.isBlank()).map(String::strip).toList());
    }

    /** What follows this word, wherever it begins a line. */
    Stream<String> all(String word) {
        return instructions.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1).strip());
    }

    String last(String word) {
        return all(word).reduce((first, second) -> second).orElseThrow();
    }

    List<String> list(String word) {
        try {
            return List.of(JSON.readValue(last(word), String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
