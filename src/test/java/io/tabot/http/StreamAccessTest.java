package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.access.Tokens;
import io.tabot.testing.EventReader;
import io.tabot.testing.SocketReader;
import io.tabot.testing.TestCluster;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read streams, for how long, and how many. */
class StreamAccessTest {
    private static final String STREAM = "/api/v1/config/stream";
    private static final String APPLICATION = "/api/v1/config/application";

    @TempDir
    Path folder;

    @Test
    void endsWithItsToken() {
        var tokens = new AtomicReference<>(Holders.all());
        var access = new ApiAccess(
                tokens::get, List.of(Holders.INTERNAL), Holders.access().limits());
        try (var running = RunningApi.start(folder, settings(10).with(access));
                var mine = EventReader.open(running.address() + STREAM, Holders.VIEWER.headers());
                var other = EventReader.open(running.address() + STREAM, Holders.OPERATOR.headers());
                var socket = SocketReader.open(running.address() + STREAM, Holders.VIEWER.headers())) {
            mine.next();
            socket.next();
            other.next();
            var left = Holders.all().entries().stream()
                    .filter(entry -> !entry.name().equals(Holders.VIEWER.id()))
                    .toList();
            tokens.set(new Tokens(left));
            var end = mine.rest().getLast();
            running.client().post(APPLICATION, "{'max_positions': 3, 'changed_by': 'ops'}", Holders.OPERATOR.headers());

            assertThat(end.name()).isEqualTo("end");
            assertThat(Client.json(end.data()).at("/reason").asText()).isEqualTo("access");
            assertThat(Client.json(socket.rest().getLast()).at("/data/reason").asText())
                    .isEqualTo("access");
            assertThat(other.next().id()).isEqualTo("2");
            assertThat(running.client().get(STREAM, Holders.VIEWER.headers()).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesOneMoreThanThereMayBeAndTakesItWhenOneHasGone() {
        try (var running = RunningApi.start(folder, settings(2));
                var first = EventReader.open(running.address() + STREAM);
                var second = EventReader.open(running.address() + "/api/v1/signals/stream")) {
            first.next();
            second.next();
            var refused = running.client().get(STREAM);
            first.close();
            var path = STREAM + "?follow=false";
            var taken = TestCluster.eventually(() -> running.client().get(path), reply -> reply.status() == 200);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("/error/code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(taken.text()).contains("event: end");
            assertThat(running.client().get("/metrics").text())
                    .contains("ta_bot_streams_open{kind=\"signals\"} 1.0")
                    .contains("ta_bot_streams_refused_total{kind=\"config\"}");
        }
    }

    @Test
    void aHeadTakesNoPlace() {
        try (var running = RunningApi.start(folder, settings(1))) {
            for (var i = 0; i < 3; i++) {
                assertThat(running.client().send("HEAD", STREAM, null).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void opensNoSocketForAPageOfAnotherOrigin() {
        try (var running = RunningApi.start(folder, settings(10))) {
            var address = running.address() + STREAM;

            assertThatThrownBy(() -> SocketReader.open(address, "Origin", "https://evil.example"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(403));
            try (var own = SocketReader.open(address, "Origin", running.address())) {
                assertThat(Client.json(own.next()).at("/event").asText()).isEqualTo("open");
            }
        }
    }

    @Test
    void aSocketTellsChangesAndHeartbeatsAndTakesNoOrders() {
        try (var running = RunningApi.start(folder, settings(10));
                var socket = SocketReader.open(running.address() + STREAM + "?since=0")) {
            var opening = Client.json(socket.next());
            var past = Client.json(socket.next());
            socket.say("drop all");
            var heartbeat = Client.json(socket.next());
            running.client().post(APPLICATION, "{'max_positions': 3, 'changed_by': 'ops'}");
            var change = Client.json(socket.nextUnlike("heartbeat"));

            assertThat(opening.at("/data/source").asText()).isEqualTo("journal");
            assertThat(past.at("/id").asText()).isEqualTo("1");
            assertThat(past.at("/data/changed_by").asText()).isEqualTo("system_startup");
            assertThat(heartbeat.at("/event").asText()).isEqualTo("heartbeat");
            assertThat(heartbeat.at("/id").asText()).isEqualTo("1");
            assertThat(change.at("/event").asText()).isEqualTo("change");
            assertThat(change.at("/data/documents/0/fields/0/after").asInt()).isEqualTo(3);
        }
    }

    @Test
    void endsWhenTheNodeStops() {
        try (var running = RunningApi.start(folder, settings(10));
                var reader = EventReader.open(running.address() + STREAM)) {
            reader.next();
            shutDown(running);

            assertThat(Client.json(reader.rest().getLast().data()).at("/reason").asText())
                    .isEqualTo("shutdown");
        }
    }

    @Test
    void aSocketEndsWhenTheNodeStops() {
        try (var running = RunningApi.start(folder, settings(10));
                var socket = SocketReader.open(running.address() + STREAM)) {
            socket.next();
            shutDown(running);

            assertThat(Client.json(socket.rest().getLast()).at("/data/reason").asText())
                    .isEqualTo("shutdown");
        }
    }

    private static void shutDown(RunningApi running) {
        CoordinatedShutdown.get(running.actors.system()).runAll(CoordinatedShutdown.unknownReason());
    }

    private static ApiSettings settings(int max) {
        return RunningApi.settings().with(new StreamSettings(max, Duration.ofMillis(300)));
    }
}
