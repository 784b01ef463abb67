package io.tabot.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What agents are told about the tools, read from {@code mcp/tools.json}. */
final class ToolCatalog {
    private static final String FILE = "/mcp/tools.json";

    private ToolCatalog() {}

    /** @throws IllegalStateException if the file and the calls do not name the same tools */
    static List<Tool> read(ObjectMapper mapper) {
        try (var stream = Objects.requireNonNull(ToolCatalog.class.getResourceAsStream(FILE), FILE)) {
            var tools = mapper.readValue(stream, new TypeReference<List<Tool>>() {});
            var names = Set.copyOf(tools.stream().map(Tool::name).toList());
            if (!names.equals(ToolCalls.ALL.keySet())) {
                throw new IllegalStateException(
                        FILE + " tells of " + names + ", and there are " + ToolCalls.ALL.keySet());
            }
            return tools;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
