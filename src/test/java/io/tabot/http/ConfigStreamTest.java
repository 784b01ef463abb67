package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.EventReader;
import io.tabot.testing.EventReader.Event;
import io.tabot.testing.Events;
import io.tabot.testing.Rounds;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stream of changes as server-sent events, of an environment with a past of 450 changes. */
class ConfigStreamTest {
    private static final String STREAM = "/api/v1/config/stream";
    private static final String APPLICATION = "/api/v1/config/application";
    private static final int PAST = 450;

    @TempDir
    Path folder;

    private RunningApi running;
    private Client client;

    @BeforeEach
    void start() {
        running = RunningApi.startAfter(folder, settings(), Events.chain(PAST));
        client = running.client();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void tellsEachChangeWithItsDiffOnceItIsInForce() {
        try (var reader = EventReader.open(running.address() + STREAM)) {
            var opening = reader.next();
            client.post(APPLICATION, "{'max_positions': 3, 'changed_by': 'ops', 'reason': 'less risk'}");
            var change = reader.next();

            assertThat(reader.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(opening.name()).isEqualTo("open");
            assertThat(Client.json(opening.data()).at("/head").asText()).isEqualTo("450");
            assertThat(change.name()).isEqualTo("change");
            assertThat(change.id()).isEqualTo("451");
            var data = Client.json(change.data());
            assertThat(data.at("/id").asText()).isEqualTo("test-451");
            assertThat(data.at("/changed_by").asText()).isEqualTo("ops");
            assertThat(data.at("/reason").asText()).isEqualTo("less risk");
            assertThat(data.at("/documents/0/document").asText()).isEqualTo("application");
            assertThat(data.at("/documents/0/fields/0/field").asText()).isEqualTo("max_positions");
            assertThat(data.at("/documents/0/fields/0/after").asInt()).isEqualTo(3);
            assertThat(client.get("/api/v1/config").at("/metadata/revision").asInt())
                    .isEqualTo(451);
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Rounds.of(4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void resumesFromAnyRevisionWithoutHoleOrRepetition(long seed) {
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var isDone = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> {
            for (var number = 0; !isDone.get(); number++) {
                client.post(APPLICATION, "{'max_positions': " + (20 + number % 2) + ", 'changed_by': 'ops'}");
            }
        });

        long since = random.nextInt(PAST);
        var got = new ArrayList<Long>();
        var resume = Long.toString(since);
        for (var round = 0; round < 12; round++) {
            // Now and then beyond all there was, so that the seam is among what is read.
            var count = 1 + random.nextInt(round % 3 == 0 ? 400 : 10);
            try (var reader = EventReader.open(running.address() + STREAM + "?since=999999", "Last-Event-ID", resume)) {
                assertThat(reader.next().name()).isEqualTo("open");
                reader.next(count).forEach(event -> got.add(Long.valueOf(event.id())));
            }
            resume = Long.toString(got.getLast());
        }
        isDone.set(true);
        writer.join();

        assertThat(got)
                .isEqualTo(LongStream.rangeClosed(since + 1, since + got.size())
                        .boxed()
                        .toList());
        assertThat(got.getLast()).isGreaterThan(PAST);
    }

    @Test
    void endsWhereItIsWhenAskedNotToFollow() {
        try (var reader = EventReader.open(running.address() + STREAM + "?since=0&follow=false")) {
            var events = reader.rest();

            assertThat(events).hasSize(PAST + 2);
            assertThat(ids(events.subList(1, PAST + 1)))
                    .isEqualTo(LongStream.rangeClosed(1, PAST).boxed().toList());
            assertThat(Client.json(events.getLast().data()).at("/reason").asText())
                    .isEqualTo("complete");
            assertThat(Client.json(events.getLast().data()).at("/resume_from").asText())
                    .isEqualTo("450");
        }
    }

    @Test
    void leavesOutWhatIsNotWantedAndStillSaysHowFarItGot() {
        var path = STREAM + "?strategy=momentum_pulse&since=440";
        try (var reader = EventReader.open(running.address() + path)) {
            reader.next();
            client.post(APPLICATION, "{'max_positions': 3, 'changed_by': 'ops'}");
            client.post(
                    "/api/v1/strategies/momentum_pulse/config",
                    "{'parameters': {'enabled': false}, 'changed_by': 'ops'}");
            var wanted = reader.next();
            client.post(APPLICATION, "{'max_positions': 4, 'changed_by': 'ops'}");
            TestCluster.eventually(reader::lastId, "453"::equals);

            assertThat(wanted.id()).isEqualTo("452");
            assertThat(Client.json(wanted.data()).at("/documents/0/document").asText())
                    .isEqualTo("strategy/momentum_pulse");
        }
    }

    @Test
    void namesWhatNoJournalTellsAndGoesOn() {
        running.voter.goAway();
        try (var reader = EventReader.open(running.address() + STREAM + "?since=10")) {
            reader.next();
            var gap = reader.next();
            running.voter.comeBack();
            TestCluster.eventually(
                    () -> client.post(APPLICATION, "{'max_positions': 5, 'changed_by': 'ops'}"),
                    reply -> reply.status() == 200);
            var next = reader.next();

            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.id()).isEmpty();
            assertThat(Client.json(gap.data()).at("/after").asText()).isEqualTo("10");
            assertThat(Client.json(gap.data()).at("/up_to").asText()).isEqualTo("450");
            assertThat(next.id()).isEqualTo("451");
        }
    }

    @Test
    void refusesWhatIsNoPlaceInTheStream() {
        for (var since : List.of("abc", "-1", "1.5", "9".repeat(30))) {
            var reply = client.get(STREAM + "?since=" + since);

            assertThat(reply.status()).as(since).isEqualTo(422);
        }
        assertThat(client.get(STREAM, "Last-Event-ID", "x").status()).isEqualTo(422);
        assertThat(client.get(STREAM + "?strateg=x").status()).isEqualTo(422);
    }

    private static List<Long> ids(List<Event> events) {
        return events.stream().map(event -> Long.valueOf(event.id())).toList();
    }

    private static ApiSettings settings() {
        return RunningApi.settings().with(new StreamSettings(10, Duration.ofMillis(200)));
    }
}
