package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page for people in a real browser. */
class DocsPageIT {
    private static final Pattern OPERATION = Pattern.compile("<div class=\"opblock opblock-([a-z]+)\" id=\"([^\"]+)\"");
    private static final OpenApi api = OpenApi.read();

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    @TempDir
    private Path folder;

    @Test
    void showsEveryOperationAsksNoOtherHostAndSaysNothingToTheConsole() {
        var address = served.running().address();
        var page = new Browser(folder).load(URI.create(address + "/docs"));

        assertThat(page.console()).isEmpty();
        assertThat(page.requests())
                .contains(address + "/openapi.json")
                .allSatisfy(request -> assertThat(request).startsWith(address + "/"));
        var documented = api.document().findValuesAsText("operationId");
        assertThat(OPERATION.matcher(page.dom()).results().map(DocsPageIT::operationId))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void noticesWhatAPageWantsFromAnotherHost() throws IOException {
        var page = Files.writeString(
                folder.resolve("page.html"), "<!doctype html><script src='https://elsewhere.example/x.js'></script>");

        assertThat(new Browser(folder).load(page).requests()).containsExactly("https://elsewhere.example/x.js");
    }

    /** Swagger UI names a block operations-tag-id. */
    private static String operationId(MatchResult block) {
        return block.group(2).substring(block.group(2).lastIndexOf('-') + 1);
    }
}
