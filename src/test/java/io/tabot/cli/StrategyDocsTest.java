package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.http.RuleText;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Configs;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of strategies is what the catalog says today; bin/update-docs makes it so. */
class StrategyDocsTest {
    private static final Path DOCS = Markdown.root().resolve("docs");
    private static final Path TEXTS = Markdown.root().resolve("src/main/resources/strategies");
    private static final int DRAWING_BYTES_MAX = 30_000;
    private static final Set<String> RULE_SETS = Set.of("python", "corrected");

    /** The introduction of the page tells of them once for all. */
    private static final Set<String> COMMON = Set.of("enabled", "min_data_points");

    @Test
    void thePageAndItsDrawingsAreCurrent() throws IOException {
        var files = new StrategyDocs().files();
        if (Boolean.getBoolean("tabot.update-docs")) {
            for (var file : files.entrySet()) {
                var path = DOCS.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }

        var outdated = new ArrayList<Path>();
        for (var file : files.entrySet()) {
            var path = DOCS.resolve(file.getKey());
            if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                outdated.add(file.getKey());
            }
        }

        assertThat(outdated).as("out of date; run bin/update-docs").isEmpty();
        assertThat(names(DOCS.resolve("strategies"), ".svg")).isEqualTo(Configs.CATALOG.ids());
        assertThat(files).hasSize(1 + Configs.CATALOG.ids().size());
        assertThat(files)
                .allSatisfy(
                        (path, text) -> assertThat(path.toString().endsWith(".md") || text.length() < DRAWING_BYTES_MAX)
                                .isTrue());
    }

    static Stream<StrategyDefinition> definitions() {
        return Configs.CATALOG.strategies().stream().map(strategy -> strategy.definition());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theTextOfARuleTellsOfEveryParameterAndOfNoOther(StrategyDefinition definition) {
        var names = new Markdown(TEXTS, RuleText.of(definition.id()))
                .codes().stream().filter(code -> !RULE_SETS.contains(code)).collect(Collectors.toSet());

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(definition.schema().parameters().stream()
                        .map(Parameter::name)
                        .filter(name -> !COMMON.contains(name))
                        .toList());
    }

    @Test
    void everyStrategyHasATextAndEveryTextAStrategy() throws IOException {
        assertThat(names(TEXTS, ".md")).isEqualTo(Configs.CATALOG.ids());
    }

    private static Set<String> names(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
