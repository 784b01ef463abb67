package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Markdown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeDocTest {
    @ParameterizedTest
    @EnumSource
    void docsSayWhatEachCodeMeansWithItsStatus(ErrorCode code) {
        var rows = Markdown.of("docs/api.md").text().lines().filter(line -> line.startsWith("|"));

        assertThat(rows)
                .anySatisfy(row ->
                        assertThat(row).contains("`" + code.name() + "`").contains(String.valueOf(code.status())));
    }
}
