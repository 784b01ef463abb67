package io.tabot.mcp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Answers the messages of agents, one at a time and without memory between them: whatever a tool does, the API does
 * on behalf of the one who sent the message, by its rules.
 *
 * @param <C> who sent a message, as the API knows callers
 */
public final class AgentEndpoint<C> {
    private static final String CALLER = "caller";

    private static final String INSTRUCTIONS = """
            A service that turns candles into trading signals. What runs is configuration: an application document \
            and the parameters of strategies. Every change is recorded with who and why, and can be rolled back. Look \
            with get_config and explain_value, try with validate_change or preview_diff, then apply_change with a \
            reason and the expected_revision that you looked at. A refusal says what is allowed; a token that may \
            only propose hands the change to a person.""";

    /** What becomes of a message. */
    public sealed interface Reply {
        /** An answer to a request: JSON. */
        record Response(byte[] json) implements Reply {}

        /** Nothing is answered to it. */
        record Accepted() implements Reply {}

        /** It is no message of the protocol. */
        record Unreadable(String reason) implements Reply {}
    }

    private final BiFunction<C, ApiCall, CompletionStage<ApiAnswer>> api;
    private final MeterRegistry meters;
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);
    private final Transport transport = new Transport();

    /** @param api makes a call as the caller would */
    public AgentEndpoint(String version, BiFunction<C, ApiCall, CompletionStage<ApiAnswer>> api, MeterRegistry meters) {
        this.api = api;
        this.meters = meters;
        McpServer.async(transport)
                .serverInfo("ta-bot", version)
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(mapper)
                // The API judges arguments, and in better words than a schema.
                .validateToolInputs(false)
                .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(null))
                .tools(ToolCatalog.read(json).stream().map(this::specification).toList())
                .build();
    }

    /** Which versions of the protocol it speaks. */
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }

    public CompletionStage<Reply> answer(C caller, byte[] message) {
        var context = McpTransportContext.create(Map.of(CALLER, Objects.requireNonNull(caller)));
        try {
            var text = new String(message, StandardCharsets.UTF_8);
            return switch (McpSchema.deserializeJsonRpcMessage(mapper, text)) {
                case JSONRPCRequest request ->
                    transport
                            .handler()
                            .handleRequest(context, request)
                            .map(this::response)
                            .toFuture();
                case JSONRPCNotification notification ->
                    transport
                            .handler()
                            .handleNotification(context, notification)
                            .thenReturn((Reply) new Reply.Accepted())
                            .toFuture();
                default -> done(new Reply.Unreadable("a request or a notification of JSON-RPC 2.0 is expected here"));
            };
        } catch (IOException | IllegalArgumentException e) {
            return done(new Reply.Unreadable("the body is no message of JSON-RPC 2.0"));
        }
    }

    private Reply response(McpSchema.JSONRPCResponse response) {
        try {
            return new Reply.Response(mapper.writeValueAsBytes(response));
        } catch (IOException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    private Counter calls(Tool tool, boolean isRefused) {
        return Counter.builder("ta_bot_mcp_calls")
                .description("Tools called by agents")
                .tags("tool", tool.name(), "outcome", isRefused ? "refused" : "done")
                .register(meters);
    }

    private AsyncToolSpecification specification(Tool tool) {
        var _ = calls(tool, false);
        var _ = calls(tool, true);
        return AsyncToolSpecification.builder()
                .tool(tool)
                .callHandler((context, request) -> Mono.fromCompletionStage(() -> call(tool, context, request)))
                .build();
    }

    private CompletionStage<CallToolResult> call(Tool tool, McpTransportContext context, CallToolRequest request) {
        var arguments = new ToolArguments(given(request));
        arguments.refuseOthers(argumentNames(tool));
        var call = Objects.requireNonNull(ToolCalls.ALL.get(tool.name())).apply(arguments);
        if (!arguments.errors().isEmpty()) {
            return done(result(tool, true, String.join("\n", arguments.errors())));
        }
        return api.apply(caller(context), call).thenApply(answer -> result(tool, answer.isRefused(), answer.json()));
    }

    private CallToolResult result(Tool tool, boolean isRefused, String text) {
        calls(tool, isRefused).increment();
        return CallToolResult.builder().addTextContent(text).isError(isRefused).build();
    }

    private static Map<String, @Nullable Object> given(CallToolRequest request) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        if (request.arguments() != null) {
            given.putAll(request.arguments());
        }
        return given;
    }

    private static List<String> argumentNames(Tool tool) {
        return tool.inputSchema().get("properties") instanceof Map<?, ?> properties
                ? properties.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private C caller(McpTransportContext context) {
        return (C) context.get(CALLER);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Where the library hands over what answers messages. */
    private static final class Transport implements McpStatelessServerTransport {
        private @Nullable McpStatelessServerHandler handler;

        @Override
        public void setMcpHandler(McpStatelessServerHandler handler) {
            this.handler = handler;
        }

        McpStatelessServerHandler handler() {
            return Objects.requireNonNull(handler, "handler");
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
