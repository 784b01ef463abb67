package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigFeed.Push;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that wait until a change is used. The actor that is to use it is the test. */
class WaitAppliedTest {
    private static final String APPLICATION = "/api/v1/config/application";

    @TempDir
    Path folder;

    private RunningApi api;
    private Client client;
    private TestProbe<Push> actor;

    @BeforeEach
    void start() {
        api = RunningApi.start(folder);
        client = api.client();
        actor = api.actors.createTestProbe();
        TestCluster.eventually(this::feeds, found -> !found.isEmpty())
                .forEach(feed -> feed.tell(new ConfigFeed.Subscribe(actor.getRef(), "BTCUSDT")));
        confirm(actor.receiveMessage());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersOnceEveryActorUsesTheChange() {
        var reply = CompletableFuture.supplyAsync(() -> set(7, "?wait=applied"));
        var push = actor.receiveMessage();
        assertThat(push.configs().revision()).isEqualTo(2);
        TestCluster.eventually(this::shownRevision, revision -> revision == 2);
        assertThat(reply).isNotDone();

        confirm(push);

        var applied = reply.join().at("/metadata/applied");
        assertThat(applied.at("/nodes")).hasSize(1);
        assertThat(applied.at("/nodes/0/revision").asInt()).isEqualTo(2);
        assertThat(applied.at("/nodes/0/actors").asInt()).isEqualTo(1);
        assertThat(applied.at("/nodes/0/ms").asDouble()).isPositive();
        assertThat(applied.at("/stragglers")).isEmpty();
    }

    @Test
    void namesTheActorThatIsLateAndKeepsTheChange() {
        var reply = set(7, "?wait=applied&timeout=100ms");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/changes_applied").asBoolean()).isTrue();
        assertThat(reply.at("/metadata/applied/nodes/0/actors").asInt()).isZero();
        assertThat(reply.at("/metadata/applied/stragglers/0/actor").asText()).isEqualTo("BTCUSDT");
        assertThat(shownRevision()).isEqualTo(2);
    }

    @Test
    void patienceWithAnActorEndsWithThatOfThePush() {
        var reply = set(7, "?wait=applied&timeout=30s");

        assertThat(reply.at("/metadata/applied/stragglers/0/actor").asText()).isEqualTo("BTCUSDT");
        assertThat(reply.at("/metadata/applied/nodes/0/ms").asDouble()).isLessThan(20_000);
    }

    @Test
    void aLaterRevisionCountsForAnEarlierOne() {
        var first = CompletableFuture.supplyAsync(() -> set(7, "?wait=applied"));
        actor.receiveMessage();
        var second = CompletableFuture.supplyAsync(() -> set(8, "?wait=applied"));

        confirm(actor.receiveMessage());

        assertThat(first.join().at("/metadata/applied/stragglers")).isEmpty();
        assertThat(second.join().at("/metadata/applied/stragglers")).isEmpty();
    }

    @Test
    void namesTheNodeThatDoesNotAnswer() {
        actor.stop();
        var other = TestCluster.plain();
        try {
            var cluster = Cluster.get(other.system());
            cluster.manager()
                    .tell(Join.create(
                            Cluster.get(api.actors.system()).selfMember().address()));
            var silent = other.<ConfigFeed.Command>createTestProbe();
            var key = ConfigFeed.key(RunningApi.ENVIRONMENT);
            other.system().receptionist().tell(Receptionist.register(key, silent.getRef()));
            TestCluster.eventually(this::feeds, found -> found.size() == 2);

            var applied = set(7, "?wait=applied&timeout=300ms").at("/metadata/applied");

            assertThat(applied.at("/nodes")).hasSize(1);
            assertThat(applied.at("/stragglers")).hasSize(1);
            assertThat(applied.at("/stragglers/0/actor").isNull()).isTrue();
            assertThat(applied.at("/stragglers/0/node").asText())
                    .isEqualTo("127.0.0.1:" + other.system().address().getPort().orElseThrow())
                    .isNotEqualTo(applied.at("/nodes/0/node").asText());
        } finally {
            other.shutdownTestKit();
        }
    }

    @Test
    void whatIsAlreadySoIsConfirmedToo() {
        var reply = set(10, "?wait=applied");

        assertThat(reply.at("/metadata/action").asText()).isEqualTo("unchanged");
        assertThat(reply.at("/metadata/applied/nodes/0/actors").asInt()).isEqualTo(1);
    }

    @Test
    void refusalsAndDryRunsDoNotWait() {
        var refused = set(0, "?wait=applied");
        var rehearsed = client.post(
                APPLICATION + "?wait=applied", "{'max_positions': 7, 'changed_by': 'ops', 'validate_only': true}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/metadata").has("applied")).isFalse();
        assertThat(rehearsed.status()).isEqualTo(200);
        assertThat(rehearsed.at("/metadata").has("applied")).isFalse();
    }

    @Test
    void everyRouteThatChangesTakesIt() {
        actor.stop();
        var strategy = "/api/v1/strategies/momentum_pulse";
        var replies = List.of(
                set(7, "?wait=applied"),
                client.post(APPLICATION + "/rollback?wait=applied", "{'changed_by': 'ops'}"),
                client.post(
                        strategy + "/config?wait=applied", "{'parameters': {'rsi_period': 5}, 'changed_by': 'ops'}"),
                client.send("DELETE", strategy + "/config?wait=applied&timeout=1s&changed_by=ops", null),
                client.post(strategy + "/rollback?wait=applied", "{'changed_by': 'ops'}"),
                client.post(
                        strategy + "/lifecycle/transition?wait=applied",
                        "{'to_state': 'registered', 'transitioned_by': 'ops'}"),
                client.post(
                        "/api/v1/config/changes?wait=applied",
                        "{'changes': [{'document': 'application', 'max_positions': 3}], 'changed_by': 'ops'}"),
                client.post("/api/v1/config/rollback?wait=applied", "{'changed_by': 'ops'}"));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.text()).isIn(200, 201);
            assertThat(reply.at("/metadata/applied/nodes")).hasSize(1);
        });
    }

    @Test
    void refusesAWaitThatMeansNothing() {
        var path = "/api/v1/strategies/momentum_pulse/config";

        assertThat(set(7, "?wait=persisted").at("/error/field").asText()).isEqualTo("wait");
        assertThat(set(7, "?wait=applied&timeout=5").at("/error/field").asText())
                .isEqualTo("timeout");
        assertThat(set(7, "?timeout=5s").at("/error/field").asText()).isEqualTo("timeout");
        assertThat(set(7, "?wait=applied&timeout=1000s")
                        .at("/error/details/errors/0/suggested_value")
                        .asText())
                .isEqualTo("30s");
        assertThat(client.send("DELETE", path + "?wait=applied&timeout=0s&changed_by=ops", null)
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/api/v1/config/validate?wait=applied", "{}").status())
                .isEqualTo(422);
        assertThat(shownRevision()).isEqualTo(1);
    }

    /** None before the node has joined its cluster of one. */
    private Set<ActorRef<ConfigFeed.Command>> feeds() {
        var key = ConfigFeed.key(RunningApi.ENVIRONMENT);
        var listing = api.actors.<Receptionist.Listing>createTestProbe();
        api.actors.system().receptionist().tell(Receptionist.find(key, listing.getRef()));
        return listing.receiveMessage().getServiceInstances(key);
    }

    private Client.Reply set(int maxPositions, String query) {
        return client.post(APPLICATION + query, "{'max_positions': " + maxPositions + ", 'changed_by': 'ops'}");
    }

    private void confirm(Push push) {
        push.replyTo()
                .tell(new ConfigFeed.Applied(actor.getRef(), push.configs().revision()));
    }

    private long shownRevision() {
        return api.view.current().orElseThrow().state().revision();
    }
}
