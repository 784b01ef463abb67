package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tabot.config.ConfigEvent;
import io.tabot.config.DocumentKey;
import io.tabot.config.HashChain;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.ChangeClient.Item;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.StoredJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment: no acknowledged change is lost, none happens twice, and the history stays whole. */
class KillIT {
    private static final long SEED = Long.getLong("tabot.seed", System.nanoTime());
    private static final int ROUNDS = 5;
    private static final String ENVIRONMENT = "production";
    private static final Map<String, String> SETTINGS = Map.of();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);
    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    @Test
    void losesNoAcknowledgedChangeAndRepeatsNone() {
        for (var round = 1; round <= ROUNDS; round++) {
            try (var service = ServiceProcess.ready(home, SETTINGS)) {
                checkHistory(service);
                killAmongChanges(service);
            }
            if (round % 2 == 0) {
                killWhileItStarts();
            }
        }
        try (var service = ServiceProcess.ready(home, SETTINGS)) {
            var audit = checkHistory(service);
            await().atMost(PATIENCE)
                    .until(() -> client.changeNext(service) && client.acknowledged() >= audit.size() - 1);
            checkHistory(service);
            service.kill();
        }
        checkChain(client.acknowledged());
        System.out.printf(
                "KillIT: seed %d, %d kills, %d changes acknowledged, %d took effect unanswered, %d refused meanwhile%n",
                SEED, ROUNDS + ROUNDS / 2 + 1, client.acknowledged(), client.repeated(), client.refused());
    }

    @Test
    void aKillDuringTheFirstStartLeavesOneFirstConfiguration() {
        killAsSoonAs(service -> Files.exists(ServiceProcess.data(home).resolve("journal.mv.db")));
        killAsSoonAs(service -> service.stderr().contains("holds revision"));
        killAsSoonAs(service -> service.stderr().contains("is open at revision"));
        var found =
                StoredJournal.history(ServiceProcess.data(home), ENVIRONMENT).size();
        try (var service = ServiceProcess.ready(home, SETTINGS)) {
            assertThat(ChangeClient.inForce(service).path("revision").asLong()).isEqualTo(1);
            assertThat(ChangeClient.audit(service))
                    .singleElement()
                    .satisfies(item -> assertThat(item).isEqualTo(new Item(1, 1, "CREATE", 10, "system_startup")));
            service.kill();
        }
        checkChain(0);
        System.out.printf("KillIT: seed %d, first start killed three times, then %d events were stored%n", SEED, found);
    }

    /** Kills the service in the middle of a client's changes. */
    private void killAmongChanges(ServiceProcess service) {
        var changes = client.acknowledged() + random.nextInt(80);
        var changing = CompletableFuture.runAsync(() -> client.changeUntilNoAnswer(service));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> changing.isDone() || client.acknowledged() >= changes);
        killWithin(service, Duration.ofMillis(20));
        changing.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void killWhileItStarts() {
        try (var service = ServiceProcess.launched(home, SETTINGS)) {
            killWithin(service, Duration.ofSeconds(3));
        }
    }

    private void killWithin(ServiceProcess service, Duration most) {
        var moment = Duration.ofNanos(random.nextLong(most.toNanos()));
        assertThat(service.endsWithin(moment)).isEmpty();
        service.kill();
    }

    /** Kills a starting service a moment after it has come so far. */
    private void killAsSoonAs(Predicate<ServiceProcess> moment) {
        try (var service = ServiceProcess.launched(home, SETTINGS)) {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !service.isAlive() || moment.test(service));
            killWithin(service, Duration.ofMillis(200));
        }
    }

    /** All that was acknowledged, in its order, once each, and at most one more: the change that was not answered. */
    private List<Item> checkHistory(ServiceProcess service) {
        var inForce = ChangeClient.inForce(service);
        var audit = ChangeClient.audit(service);
        var changes = audit.size() - 1;
        assertThat(changes).as("seed %d", SEED).isBetween(client.acknowledged(), client.acknowledged() + 1);
        assertThat(audit).extracting(Item::revision).isEqualTo(upTo(audit.size()));
        assertThat(audit).extracting(Item::version).isEqualTo(upTo(audit.size()));
        assertThat(audit.subList(1, audit.size()))
                .extracting(Item::maxPositions)
                .isEqualTo(IntStream.rangeClosed(1, changes)
                        .mapToObj(ChangeClient::valueAfter)
                        .toList());
        assertThat(client.revisions())
                .isEqualTo(upTo(client.acknowledged() + 1).stream().skip(1).toList());
        assertThat(inForce.path("max_positions").asInt())
                .isEqualTo(audit.getLast().maxPositions());
        assertThat(inForce.path("revision").asLong()).isEqualTo(audit.getLast().revision());
        assertThat(inForce.path("version").asLong()).isEqualTo(audit.getLast().version());
        return audit;
    }

    /** The file itself: the first configuration and so many changes, each linked to the one before. */
    private void checkChain(int changes) {
        var history = StoredJournal.history(ServiceProcess.data(home), ENVIRONMENT);
        assertThat(HashChain.verify(history)).isEmpty();
        assertThat(history).extracting(ConfigEvent::revision).isEqualTo(upTo(changes + 1));
        assertThat(history)
                .extracting(event -> event.changeOf(DocumentKey.APPLICATION)
                        .orElseThrow()
                        .after()
                        .get("max_positions"))
                .as("max_positions of each event")
                .last()
                .isEqualTo(changes == 0 ? 10L : (long) ChangeClient.valueAfter(changes));
        assertThat(history).filteredOn(event -> event.idempotency() != null).hasSize(changes);
        assertThat(history)
                .filteredOn(event -> event.idempotency() != null)
                .extracting(event -> event.idempotency().key())
                .doesNotHaveDuplicates();
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
