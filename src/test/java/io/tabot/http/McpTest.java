package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.testing.Signals;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent can do, by the protocol's own client. */
class McpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> MORE_POSITIONS = Map.of("document", "application", "max_positions", 7);
    private static final Map<String, Object> NO_POSITIONS = Map.of("document", "application", "max_positions", 0);

    private static final String PING = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}";

    @RegisterExtension
    static final ServedApi guarded = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    @RegisterExtension
    static final ServedApi open = new ServedApi(RunningApi::start);

    private final List<McpSyncClient> agents = new ArrayList<>();

    @AfterEach
    void leave() {
        agents.forEach(McpSyncClient::close);
    }

    @Test
    void offersAtMostTenToolsThatSayHonestlyWhatTheyDo() {
        var tools = agent(Holders.VIEWER).listTools().tools();

        assertThat(tools).hasSizeBetween(1, 10).allSatisfy(tool -> {
            assertThat(tool.description()).isNotBlank();
            assertThat(tool.inputSchema()).containsEntry("additionalProperties", false);
            assertThat(tool.annotations().openWorldHint()).isFalse();
        });
        assertThat(tools)
                .filteredOn(tool -> !tool.annotations().readOnlyHint())
                .allMatch(tool -> tool.annotations().destructiveHint())
                .extracting(Tool::name)
                .containsExactlyInAnyOrder("apply_change", "roll_back");
    }

    @Test
    void whatIsCalledReadOnlyChangesNothing() {
        var agent = agent(Holders.ADMIN);
        var before = revision(agent);
        for (var tool : agent.listTools().tools()) {
            if (tool.annotations().readOnlyHint()) {
                assertThat(call(agent, tool.name(), fitting(tool)).isError())
                        .as(tool.name())
                        .isFalse();
            }
        }

        assertThat(revision(agent)).isEqualTo(before);
    }

    @Test
    void tellsOfStrategiesAndWhereTheirValuesComeFrom() {
        var agent = agent(Holders.VIEWER);

        assertThat(json(call(agent, "list_strategies", Map.of())).at("/data")).hasSize(28);
        assertThat(json(call(agent, "list_strategies", Map.of("strategy_id", "rsi_extreme_reversal")))
                        .at("/data/0/name")
                        .asText())
                .isNotEmpty();
        var explained =
                json(call(agent, "explain_value", Map.of("strategy_id", "rsi_extreme_reversal", "symbol", "BTCUSDT")));
        assertThat(explained.findValuesAsText("layer")).contains("default");
        var document = json(call(agent, "get_config", Map.of("document", "application")));
        assertThat(document.at("/data/symbols").isArray()).isTrue();
    }

    @Test
    void explainsASignalThatItListed() {
        var signal = Signals.buy("momentum_pulse", new Symbol("BTCUSDT"), Timeframe.FOUR_HOURS, 1);
        guarded.running().signals.add(Publication.sent(signal), Instant.parse("2026-02-03T04:05:06Z"));
        var agent = agent(Holders.VIEWER);

        var listed = json(call(agent, "explain_signal", Map.of("strategy", "momentum_pulse", "limit", 1)));
        var id = listed.at("/data/0/intent_id").asText();
        var explained = call(agent, "explain_signal", Map.of("intent_id", id));

        assertThat(id).isEqualTo(signal.intentId());
        assertThat(explained.isError()).as(text(explained)).isFalse();
        assertThat(json(explained).at("/data").has("reproduced")).isTrue();
        assertThat(call(agent, "explain_signal", Map.of("intent_id", "nobody-made-this"))
                        .isError())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "cluster", "journals", "chain"})
    void tellsHowTheServiceIsDoing(String detail) {
        assertThat(call(agent(Holders.VIEWER), "status", Map.of("detail", detail))
                        .isError())
                .isFalse();
    }

    @Test
    void aChangeByAnAgentIsRecordedAsSuch() {
        var agent = agent(Holders.OPERATOR);

        var before = positions(agent);

        var changed = call(
                agent, "apply_change", change(Map.of("document", "application", "max_positions", 17), "room for more"));
        var item = json(call(agent, "audit", Map.of("limit", 1))).at("/data/0");

        assertThat(changed.isError()).as(text(changed)).isFalse();
        assertThat(item.at("/through").asText()).isEqualTo("mcp");
        assertThat(item.at("/reason").asText()).isEqualTo("room for more");
        assertThat(item.toString()).contains(Holders.OPERATOR.id());

        var back = call(agent, "roll_back", Map.of("document", "application", "reason", "not needed"));
        assertThat(back.isError()).as(text(back)).isFalse();
        assertThat(positions(agent)).isEqualTo(before).isNotEqualTo(17);
    }

    @Test
    void theSameKeyTakesEffectOnce() {
        var agent = agent(Holders.OPERATOR);
        var change = change(Map.of("document", "application", "max_positions", 8), "eight");
        change.put("idempotency_key", "agent-8");

        var first = json(call(agent, "apply_change", change));
        var again = json(call(agent, "apply_change", change));

        assertThat(again.at("/metadata/repeated").asBoolean()).isTrue();
        assertThat(again.at("/data")).isEqualTo(first.at("/data"));
    }

    @Test
    void aProposerMayTryButNotChange() {
        var agent = agent(Holders.PROPOSER);
        var before = revision(agent);

        var tried = call(agent, "validate_change", Map.of("changes", List.of(MORE_POSITIONS)));
        var refused = call(agent, "apply_change", change(MORE_POSITIONS, "more"));
        var back = call(agent, "roll_back", Map.of("reason", "less"));

        assertThat(tried.isError()).as(text(tried)).isFalse();
        assertThat(json(tried).at("/metadata/changes_applied").asBoolean(true)).isFalse();
        assertThat(refused.isError()).isTrue();
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("FORBIDDEN");
        assertThat(back.isError()).isTrue();
        assertThat(revision(agent)).isEqualTo(before);
    }

    @Test
    void aChangeThatRestsOnThePastIsRefused() {
        var agent = agent(Holders.OPERATOR);
        var _ = call(agent, "apply_change", change(MORE_POSITIONS, "first"));
        var late = change(Map.of("document", "application", "max_positions", 9), "late");
        late.put("expected_revision", 1);

        assertThat(json(call(agent, "apply_change", late)).at("/error/code").asText())
                .isEqualTo("STALE");
    }

    @Test
    void mistakesAreToldInTheWordsOfTheApi() {
        var refused = call(agent(Holders.PROPOSER), "validate_change", Map.of("changes", List.of(NO_POSITIONS)));

        assertThat(refused.isError()).isTrue();
        assertThat(json(refused).at("/error/field").asText()).isEqualTo("changes[0].max_positions");
    }

    @Test
    void argumentsThatMeanNothingAreRefusedByName() {
        var agent = agent(Holders.ADMIN);
        var before = revision(agent);

        var slip = change(MORE_POSITIONS, "slip");
        slip.put("expected_revison", 1);
        assertThat(text(call(agent, "apply_change", slip))).contains("unknown argument: expected_revison");
        assertThat(text(call(agent, "apply_change", Map.of("changes", List.of(MORE_POSITIONS)))))
                .contains("reason is required");
        assertThat(text(call(agent, "explain_value", Map.of()))).contains("strategy_id is required");
        assertThat(text(call(agent, "get_config", Map.of("document", "nothing/of/this"))))
                .contains("document must be application");
        assertThat(text(call(agent, "roll_back", Map.of("document", "lifecycle/momentum_pulse", "reason", "x"))))
                .contains("not rolled back");
        assertThat(text(call(agent, "preview_diff", Map.of()))).contains("give either changes");
        assertThat(text(call(agent, "status", Map.of("detail", "weather")))).contains("detail must be one of");
        assertThat(revision(agent)).isEqualTo(before);
    }

    /** What an agent made of a name reaches the API as that name, not as another address. */
    @ParameterizedTest
    @ValueSource(strings = {"../config", "a/b", "momentum_pulse?symbol=x", "%2e%2e", "a b", "ä", "#"})
    void namesStayNames(String name) {
        var answer = json(call(agent(Holders.ADMIN), "list_strategies", Map.of("strategy_id", name)));

        assertThat(answer.at("/error/code").asText()).isIn("STRATEGY_NOT_FOUND", "NOT_FOUND");
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER", "PROPOSER", "OPERATOR", "ADMIN"})
    void everyRoleMayLook(Holders holder) {
        assertThat(call(agent(holder), "status", Map.of()).isError()).isFalse();
    }

    @Test
    void withoutTokenNothingIsTold() {
        assertThat(guarded.client().post("/mcp", PING).status()).isEqualTo(401);
        assertThat(guarded.client()
                        .post("/mcp", PING, Holders.ELSEWHERE.headers())
                        .status())
                .isEqualTo(403);
        assertThat(guarded.client().post("/mcp", PING, Holders.VIEWER.headers()).status())
                .isEqualTo(200);
    }

    @Test
    void withoutTokensItIsForThisMachineAlone() {
        var agent = agent(open, new String[0]);
        var change = change(MORE_POSITIONS, "no tokens here");
        change.put("changed_by", "agent-7");

        assertThat(call(agent, "apply_change", change).isError()).isFalse();
        assertThat(open.client()
                        .post("/mcp", PING, "Origin", "https://b.example")
                        .status())
                .isEqualTo(403);
        assertThat(open.client().post("/mcp", PING).status()).isEqualTo(200);
    }

    @Test
    void agentsAreCounted() {
        var _ = call(agent(Holders.VIEWER), "list_strategies", Map.of());

        assertThat(guarded.client().get("/metrics").text())
                .contains("ta_bot_mcp_calls_total{outcome=\"done\",tool=\"list_strategies\"}");
    }

    private static Map<String, Object> fitting(Tool tool) {
        return switch (tool.name()) {
            case "explain_value" -> Map.of("strategy_id", "momentum_pulse");
            case "validate_change", "preview_diff" -> Map.of("changes", List.of(MORE_POSITIONS));
            default -> Map.of();
        };
    }

    private static Map<String, Object> change(Map<String, Object> document, String reason) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("changes", List.of(document));
        arguments.put("reason", reason);
        return arguments;
    }

    private static int positions(McpSyncClient agent) {
        return json(call(agent, "get_config", Map.of("document", "application")))
                .at("/data/max_positions")
                .asInt();
    }

    private static long revision(McpSyncClient agent) {
        return json(call(agent, "get_config", Map.of()))
                .at("/metadata/revision")
                .asLong();
    }

    private static CallToolResult call(McpSyncClient agent, String tool, Map<String, Object> arguments) {
        return agent.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private static JsonNode json(CallToolResult result) {
        return Client.json(text(result));
    }

    private McpSyncClient agent(Holders holder) {
        return agent(guarded, holder.headers());
    }

    private McpSyncClient agent(ServedApi api, String[] headers) {
        var mapper = new JacksonMcpJsonMapper(JSON);
        var requests = HttpRequest.newBuilder();
        for (var i = 0; i < headers.length; i += 2) {
            requests.header(headers[i], headers[i + 1]);
        }
        var transport = HttpClientStreamableHttpTransport.builder(api.running().address())
                .endpoint("/mcp")
                .jsonMapper(mapper)
                .requestBuilder(requests)
                .build();
        var agent = McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(20))
                .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(null))
                .build();
        agents.add(agent);
        agent.initialize();
        return agent;
    }
}
