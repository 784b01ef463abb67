package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each test is about a strategy of its own. */
class LifecycleTest {
    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @Test
    void aLifeIsListedOldestFirstWithWhoAndWhy() {
        var path = path("momentum_pulse");
        var first = move(path, "registered");
        var second = client.post(
                path + "/transition",
                "{'to_state': 'backtested', 'transitioned_by': 'agent-7', 'decision_id': 'dec-1',"
                        + " 'reasoning_context': 'expectancy above zero'}");
        var history = client.get(path + "?join_cio=false");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.at("/metadata/transition").asText()).isEqualTo("None → registered");
        assertThat(first.at("/data/from_state").isNull()).isTrue();
        assertThat(second.at("/metadata/transition").asText()).isEqualTo("registered → backtested");
        assertThat(second.at("/data").fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "strategy_id",
                        "from_state",
                        "to_state",
                        "transitioned_at",
                        "transitioned_by",
                        "actor",
                        "decision_id",
                        "reasoning_context",
                        "cio_context",
                        "revision");
        assertThat(history.at("/data/strategy_id").asText()).isEqualTo("momentum_pulse");
        assertThat(history.at("/data/current_state").asText()).isEqualTo("backtested");
        assertThat(history.at("/data/cio_join_status").asText()).isEqualTo("not_attempted");
        assertThat(history.at("/metadata/event_count").asInt()).isEqualTo(2);
        assertThat(history.at("/data/events/0")).isEqualTo(first.at("/data"));
        assertThat(history.at("/data/events/1")).isEqualTo(second.at("/data"));
        assertThat(history.at("/data/events/1/transitioned_by").asText()).isEqualTo("agent-7");
        assertThat(history.at("/data/events/1/decision_id").asText()).isEqualTo("dec-1");
    }

    @Test
    void aLongLifeIsReadPageByPageFromItsNewestEnd() {
        var path = path("golden_trend_sync");
        List.of("registered", "retired", "registered", "backtested", "admitted").forEach(to -> move(path, to));

        var newest = client.get(path + "?limit=2");
        var older = client.get(
                path + "?limit=2&cursor=" + newest.at("/metadata/next").asText());
        var oldest = client.get(
                path + "?limit=2&cursor=" + older.at("/metadata/next").asText());

        assertThat(states(newest)).containsExactly("backtested", "admitted");
        assertThat(states(older)).containsExactly("retired", "registered");
        assertThat(states(oldest)).containsExactly("registered");
        assertThat(oldest.at("/metadata/next").isNull()).isTrue();
        assertThat(oldest.at("/data/current_state").asText()).isEqualTo("admitted");
    }

    @Test
    void aStepThatIsNotInTheTableIs409AndChangesNothing() {
        var path = path("volume_surge_breakout");

        var first = move(path, "graduated");
        move(path, "registered");
        var second = move(path, "admitted");

        assertThat(first.status()).isEqualTo(409);
        assertThat(first.at("/error/code").asText()).isEqualTo("INVALID_TRANSITION");
        assertThat(first.at("/error/suggestion").asText()).isEqualTo("use registered for to_state");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.at("/error/message").asText())
                .isEqualTo("Invalid transition: registered -> admitted. Possible: backtested, retired");
        assertThat(states(client.get(path))).containsExactly("registered");
    }

    @Test
    void anUnknownStateAndWhatIsMissingAre422() {
        var path = path("bollinger_breakout_signals");

        var unknown = move(path, "registred");
        var nothing = client.post(path + "/transition", "{'state': 'registered'}");
        var nobody = client.post(path + "/transition", "{'to_state': 'registered', 'transitioned_by': ' '}");

        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.at("/error/details/errors/0/suggested_value").asText())
                .isEqualTo("registered");
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.at("/error/details/errors")).hasSize(3);
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.at("/error/field").asText()).isEqualTo("transitioned_by");
        assertThat(nobody.at("/error/message").asText()).startsWith("transitioned_by");
    }

    @Test
    void anUnknownStrategyIs404AndAKnownOneWithoutALifeIsEmpty() {
        var unknown = client.get(path("momentum_puls"));
        var moved = move(path("momentum_puls"), "registered");
        var empty = client.get(path("bollinger_breakout_signals"));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(moved.status()).isEqualTo(404);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.at("/data/current_state").isNull()).isTrue();
        assertThat(empty.at("/data/events")).isEmpty();
        assertThat(client.get(path("bollinger_breakout_signals") + "?join_cio=maybe")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aTransitionCanBeRehearsedExpectedAndRepeated() {
        var path = path("rsi_extreme_reversal") + "/transition";
        var body = "{'to_state': 'registered', 'transitioned_by': 'ops'";

        var rehearsed = client.post(path, body + ", 'validate_only': true}");
        var stale = client.post(path, body + ", 'expected_version': 3}");
        var unborn = states(client.get(path("rsi_extreme_reversal")));
        var first = client.post(path, body + "}", "Idempotency-Key", "life-1");
        client.post(path, "{'to_state': 'retired', 'transitioned_by': 'ops'}");
        var repeated = client.post(path, body + "}", "Idempotency-Key", "life-1");

        assertThat(rehearsed.status()).isEqualTo(200);
        assertThat(rehearsed.at("/data/to_state").asText()).isEqualTo("registered");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.at("/error/code").asText()).isEqualTo("STALE");
        assertThat(unborn).isEmpty();
        assertThat(first.status()).isEqualTo(201);
        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.at("/data")).isEqualTo(first.at("/data"));
        assertThat(client.get("/api/v1/config").at("/data/strategies")).isEmpty();
    }

    private static String path(String strategyId) {
        return "/api/v1/strategies/" + strategyId + "/lifecycle";
    }

    private static Client.Reply move(String path, String to) {
        return client.post(path + "/transition", "{'to_state': '" + to + "', 'transitioned_by': 'ops'}");
    }

    private static List<String> states(Client.Reply history) {
        return StreamSupport.stream(history.at("/data/events").spliterator(), false)
                .map(event -> event.get("to_state").asText())
                .toList();
    }
}
