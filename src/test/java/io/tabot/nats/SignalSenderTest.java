package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tabot.nats.SignalTransport.Outgoing;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class SignalSenderTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<CompletableFuture<Done>> attempts = new CopyOnWriteArrayList<>();

    @Test
    void leavesNoMoreUnconfirmedThanAllowed() {
        try (var sender = new SignalSender(this::record, LONG, 3)) {
            var results = IntStream.range(0, 10)
                    .mapToObj(i -> sender.send(List.of(message(i))))
                    .toList();
            await().until(() -> attempts.size() == 3);

            attempts.get(1).complete(Done.getInstance());
            await().until(() -> attempts.size() == 4);
            await().until(() -> results.get(1).toCompletableFuture().isDone());
            assertThat(results.get(0).toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void sendsWhatBelongsTogetherAtOnceHoweverMuchItIs() {
        try (var sender = new SignalSender(this::record, LONG, 3)) {
            var result = sender.send(
                    IntStream.range(0, 5).mapToObj(SignalSenderTest::message).toList());
            var next = sender.send(List.of(message(5)));
            assertThat(attempts).hasSize(1);

            attempts.getFirst().complete(Done.getInstance());

            assertThat(result.toCompletableFuture()).isDone();
            assertThat(attempts).hasSize(2);
            assertThat(next.toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void doesNotBlockWhoeverHandsAMessageIn() {
        var threads = new CopyOnWriteArrayList<Boolean>();
        var blocking = new SignalTransport() {
            @Override
            public CompletionStage<?> send(List<Outgoing> messages) {
                threads.add(Thread.currentThread().isVirtual());
                return CompletableFuture.completedStage(Done.getInstance());
            }

            @Override
            public boolean mayBlock() {
                return threads.isEmpty();
            }
        };
        try (var sender = new SignalSender(blocking, LONG, 3)) {
            var first = sender.send(List.of(message(0))).toCompletableFuture();
            assertThat(first).succeedsWithin(Duration.ofSeconds(5));
            await().until(() ->
                    sender.send(List.of(message(1))).toCompletableFuture().isDone() && threads.contains(false));

            assertThat(threads.getFirst()).isTrue();
        }
    }

    @Test
    void repeatsUntilItIsConfirmed() throws Exception {
        try (var sender = new SignalSender(this::record, LONG, 3)) {
            var result = sender.send(List.of(message(0))).toCompletableFuture();
            await().until(() -> attempts.size() == 1);

            attempts.get(0).completeExceptionally(new IOException("no"));
            await().until(() -> attempts.size() == 2);
            attempts.get(1).complete(Done.getInstance());

            assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo(Done.getInstance());
        }
    }

    @Test
    void givesUpWhenTimeIsUp() {
        SignalTransport broken = _ -> {
            throw new IOException("no");
        };
        try (var sender = new SignalSender(broken, Duration.ofMillis(300), 3)) {
            var result = sender.send(List.of(message(0))).toCompletableFuture();

            assertThat(result)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(SignalsNotStored.class)
                    .withMessageContaining("300 ms");
        }
    }

    @Test
    void forgetsAMessageOnceItIsConfirmed() throws Exception {
        try (var sender = new SignalSender(_ -> CompletableFuture.completedFuture(Done.getInstance()), LONG, 3)) {
            var body = sent(sender);

            await().atMost(LONG.dividedBy(2)).until(() -> {
                System.gc();
                return body.get() == null;
            });
        }
    }

    private static WeakReference<byte[]> sent(SignalSender sender) throws Exception {
        var body = new byte[1_000];
        sender.send(List.of(new Outgoing("s", "id", body)))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        return new WeakReference<>(body);
    }

    private CompletableFuture<Done> record(List<Outgoing> messages) {
        var attempt = new CompletableFuture<Done>();
        attempts.add(attempt);
        return attempt;
    }

    private static Outgoing message(int id) {
        return new Outgoing("s", String.valueOf(id), new byte[0]);
    }
}
