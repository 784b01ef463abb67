package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.nats.SignalTransport.Outgoing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NoticeSenderTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NoticeSender.Counters counters =
            new NoticeSender.Counters(meters.counter("sent"), meters.counter("dropped"));
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> tried = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    @Test
    void sendsInOrder() throws Exception {
        try (var sender = sender(10)) {
            IntStream.range(0, 8).forEach(i -> sender.send(notice(i)));

            await().until(() -> sent.size() == 8);
            await().until(() -> sender.waiting() == 0);
        }

        assertThat(sent).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(counters.dropped().count()).isZero();
        assertThat(counters.sent().count()).isEqualTo(8);
    }

    @Test
    void keepsTheNewestWhileNothingCanBeSentAndNeverMakesTheCallerWait() throws Exception {
        away = true;
        try (var sender = sender(3)) {
            sender.send(notice(0));
            await().until(() -> !tried.isEmpty());
            IntStream.range(1, 100).forEach(i -> sender.send(notice(i)));
            assertThat(sender.waiting()).isEqualTo(3);
            away = false;

            await().until(() -> sent.size() == 3);
        }

        assertThat(sent).containsExactly("97", "98", "99");
        assertThat(counters.dropped().count()).isEqualTo(97);
    }

    @Test
    void sendsWhatWaitsBeforeItCloses() throws Exception {
        var sender = sender(10);
        IntStream.range(0, 5).forEach(i -> sender.send(notice(i)));
        sender.close();

        assertThat(sent).hasSize(5);
    }

    @Test
    void closesAlthoughNothingCanBeSent() throws Exception {
        away = true;
        var sender = sender(10);
        sender.send(notice(0));
        sender.close();

        assertThat(sent).isEmpty();
    }

    private NoticeSender sender(int capacity) {
        return new NoticeSender("notices", this::send, capacity, counters);
    }

    private CompletionStage<String> send(List<Outgoing> notices) throws IOException {
        var notice = notices.getFirst();
        tried.add(notice.id());
        if (away) {
            throw new IOException("away");
        }
        sent.add(notice.id());
        return CompletableFuture.completedFuture("taken");
    }

    private static Outgoing notice(int number) {
        return new Outgoing("subject", Integer.toString(number), new byte[0]);
    }
}
