package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of the holder of the token that a change was made with: 2 to 4 are made here, under other names. */
class ActorTest {
    private static final String CHANGES = "/api/v1/config/changes";
    private static final String LIFECYCLE = "/api/v1/strategies/momentum_pulse/lifecycle";
    private static final String PART = "{'changes': [{'document': 'application', 'max_positions': ";

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    @BeforeAll
    static void start() {
        client.post(CHANGES, PART + "7}], 'changed_by': 'alice'}", Holders.OPERATOR.headers());
        client.post(
                LIFECYCLE + "/transition",
                "{'to_state': 'registered', 'transitioned_by': 'bob'}",
                Holders.ADMIN.headers());
        client.post(CHANGES, PART + "8}]}", Holders.ADMIN.headers());
    }

    @Test
    void theAuditTellsTheHolderBesideTheClaim() {
        var items = get("/api/v1/audit").at("/data");

        assertThat(StreamSupport.stream(items.spliterator(), false)
                        .map(item -> item.get("changed_by").asText() + " by "
                                + item.get("actor").asText()))
                .containsExactly(
                        "the-admin by the-admin",
                        "bob by the-admin",
                        "alice by the-operator",
                        "system_startup by null");
        assertThat(items.at("/3/actor").isNull()).isTrue();
    }

    @Test
    void aFileHasAColumnForTheHolder() {
        var lines = get("/api/v1/audit?format=csv").text().lines().toList();

        assertThat(lines.getFirst()).contains(",changed_by,actor,through,");
        assertThat(lines.get(lines.size() - 1)).contains(",system_startup,,startup,");
        assertThat(lines).anyMatch(line -> line.contains(",alice,the-operator,api,"));
    }

    @Test
    void aTransitionTellsTheHolder() {
        var listed = get(LIFECYCLE).at("/data/events/0");
        var made = client.post(
                "/api/v1/strategies/golden_trend_sync/lifecycle/transition",
                "{'to_state': 'registered', 'transitioned_by': 'bob', 'validate_only': true}",
                Holders.AGENT.headers());

        assertThat(listed.get("transitioned_by").asText()).isEqualTo("bob");
        assertThat(listed.get("actor").asText()).isEqualTo("the-admin");
        assertThat(made.at("/data/actor").asText()).isEqualTo("the-agent");
    }

    @Test
    void changedByFindsTheClaimAndWhoFindsEither() {
        assertThat(revisions("changed_by=alice")).containsExactly(2);
        assertThat(revisions("changed_by=the-operator")).isEmpty();
        assertThat(revisions("who=ALICE")).containsExactly(2);
        assertThat(revisions("who=the-operator")).containsExactly(2);
        assertThat(revisions("who=the-admin")).containsExactly(4, 3);
        assertThat(revisions("changed_by=bob&who=the-admin")).containsExactly(3);
    }

    @Test
    void aProposerOnlyRehearses() {
        var body = PART + "9}], 'changed_by': 'eve'";

        assertThat(client.post(CHANGES, body + "}", Holders.PROPOSER.headers()).status())
                .isEqualTo(403);
        assertThat(client.post(CHANGES, body + ", 'validate_only': true}", Holders.PROPOSER.headers())
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/api/v1/config/rollback", "{'changed_by': 'eve'}", Holders.PROPOSER.headers())
                        .status())
                .isEqualTo(403);
        assertThat(client.post(CHANGES, body + "}", Holders.VIEWER.headers()).status())
                .isEqualTo(403);
    }

    private static List<Integer> revisions(String query) {
        return StreamSupport.stream(get("/api/v1/audit?" + query).at("/data").spliterator(), false)
                .map(item -> item.get("revision").asInt())
                .toList();
    }

    private static Client.Reply get(String path) {
        return client.get(path, Holders.VIEWER.headers());
    }
}
