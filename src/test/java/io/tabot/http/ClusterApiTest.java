package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.cli.CommandRun;
import io.tabot.config.ConfigEntity;
import io.tabot.ops.NodeReporter;
import io.tabot.signal.SignalActor;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cluster of one tells of itself over HTTP; three of them are in ClusterDoorsIT. */
class ClusterApiTest {
    private static final String CLUSTER = "/api/v1/cluster";

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    @RegisterExtension
    static final ServedApi silent = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @Test
    void tellsWhatLiesOnANodeAndHowFarItIs() {
        var sharding = ClusterSharding.get(served.running().actors.system());
        sharding.init(Entity.of(ConfigEntity.KEY, _ -> idle()));
        sharding.init(Entity.of(SignalActor.KEY, _ -> idle()));
        sharding.entityRefFor(ConfigEntity.KEY, "test").tell(new ConfigEntity.Stop());
        sharding.entityRefFor(SignalActor.KEY, "BTCUSDT").tell(new SignalActor.Stop());

        var reply = TestCluster.eventually(
                () -> client.get(CLUSTER, Holders.VIEWER.headers()),
                answer -> answer.at("/data/nodes/0/said/symbols").asInt() == 1
                        && !answer.at("/data/configuration").isNull());

        var node = reply.at("/data/node").asText();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/leader").asText()).isEqualTo(node);
        assertThat(reply.at("/data/configuration").asText()).isEqualTo(node);
        assertThat(reply.at("/data/nodes").size()).isEqualTo(1);
        assertThat(reply.at("/data/nodes/0/node").asText()).isEqualTo(node);
        assertThat(reply.at("/data/nodes/0/status").asText()).isEqualTo("up");
        assertThat(reply.at("/data/nodes/0/reachable").asBoolean()).isTrue();
        assertThat(reply.at("/data/nodes/0/said/revision").asLong()).isEqualTo(1);
        assertThat(symbols(reply)).containsExactly("BTCUSDT");
        assertThat(reply.at("/data/journals/0/voter").asText()).isEqualTo("embedded");
        assertThat(reply.at("/data/journals/0/state").asText()).isEqualTo("level");
        assertThat(reply.at("/data/candles/pending").asLong()).isEqualTo(2);
        var command = CommandRun.of(
                Map.of("TABOT_TOKEN", Holders.VIEWER.token()),
                "status",
                "--shards",
                "--url",
                served.running().address());
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out())
                .contains("test, revision 1, the configuration lives on " + node, "configuration, leader")
                .containsPattern(node + " +up +1 +1 +1 +1 +2026-02-03")
                .containsPattern("embedded +level +1")
                .containsPattern("\\d+ +" + node + " +BTCUSDT")
                .contains("candles: 2 wait");
        assertThat(reply.at("/data/candles/last").asText()).startsWith("2026-02-03T04:05:06");
    }

    @Test
    void aNodeThatDoesNotAnswerIsListedAsSuch() {
        var actors = silent.running().actors;
        var receptionist = actors.system().receptionist();
        var mute = actors.<NodeReporter.Command>createTestProbe();
        receptionist.tell(Receptionist.deregister(NodeReporter.key("test"), silent.running().reporter));
        receptionist.tell(Receptionist.register(NodeReporter.key("test"), mute.ref()));

        var reply = TestCluster.eventually(
                () -> silent.client().get(CLUSTER),
                answer -> answer.at("/data/nodes/0/said").isNull());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/nodes/0/status").asText()).isEqualTo("up");
        assertThat(reply.at("/data/candles/pending").asLong()).isEqualTo(-1);
        var command = CommandRun.of("status", "--url", silent.running().address());
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out()).contains("does not answer", "nobody knows how many wait");
    }

    @Test
    void theCommandPrintsTheAnswerAsItIs() throws IOException {
        var address = served.running().address();
        var command =
                CommandRun.of(Map.of("TABOT_TOKEN", Holders.VIEWER.token()), "status", "--json", "--url", address);

        assertThat(new ObjectMapper()
                        .readTree(command.out())
                        .at("/data/nodes/0/status")
                        .asText())
                .isEqualTo("up");
    }

    @Test
    void whoHasNoTokenSeesNothing() {
        assertThat(client.get(CLUSTER).status()).isEqualTo(401);
    }

    private static Stream<String> symbols(Client.Reply reply) {
        return StreamSupport.stream(reply.at("/data/nodes/0/said/shards").spliterator(), false)
                .flatMap(shard -> StreamSupport.stream(shard.path("symbols").spliterator(), false))
                .map(symbol -> symbol.asText());
    }

    private static <T> Behavior<T> idle() {
        return Behaviors.receiveMessage(_ -> Behaviors.same());
    }
}
