package io.tabot.walk;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.NatsServer;
import io.tabot.walk.Market.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A careful producer that publishes the market row by row until each candle is stored, and notes for every candle which
 * revisions were in force between its publication and its acknowledgement.
 */
final class CandleRun implements AutoCloseable {
    private static final String CANDLES = "TABOT_CANDLES";
    private static final String SIGNALS = "TABOT_SIGNALS";
    private static final String CONSUMER = "tabot-" + CandleTraffic.ENVIRONMENT;
    private static final Duration STORED_MAX = Duration.ofSeconds(3);
    private static final int BATCH = 500;

    private static final Duration FORGETTABLE = Duration.ofSeconds(15);

    /** A candle on its way; the times are of the system's clock of nanoseconds. */
    static final class Sent {
        final Place place;
        final Map<String, Long> firstRevisions;
        final long publishedAt = System.nanoTime();
        volatile long lastRevision;
        volatile long acknowledgedAt;

        Sent(Place place, Map<String, Long> firstRevisions) {
            this.place = place;
            this.firstRevisions = firstRevisions;
        }
    }

    private final Market market;
    private final Changes changes;
    private final Duration every;
    private final Connection client;
    private final Pause pause = new Pause();
    private final List<Sent> sent = new ArrayList<>();
    private final NavigableMap<Long, Sent> waiting = new ConcurrentSkipListMap<>();
    private final NavigableMap<Long, Sent> done = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile long backlog;
    private volatile long backlogMax;
    private volatile int rows;

    CandleRun(Market market, Changes changes, NatsServer server, Duration every) {
        this.market = market;
        this.changes = changes;
        this.every = every;
        client = server.connect();
    }

    void start(int rowsMax) {
        threads.add(Thread.ofVirtual().start(() -> publish(rowsMax)));
        threads.add(Thread.ofVirtual().start(this::observe));
    }

    /** No more candles from here on. */
    void endOfCandles() throws InterruptedException {
        pause.end();
        threads.getFirst().join();
    }

    int rows() {
        return rows;
    }

    /** Candles that the nodes have not acknowledged. */
    long backlog() {
        return backlog;
    }

    /** The longest backlog since this was last asked. */
    long backlogMax() {
        var longest = backlogMax;
        backlogMax = backlog;
        return longest;
    }

    /** Whether every candle so far has been acknowledged, in the server's view. */
    boolean isDealtWith() {
        return waiting.isEmpty() && backlog == 0;
    }

    /** The server was killed: what was acknowledged just before may come again, too soon for it to be seen. */
    void mayHaveForgotten() {
        var young = System.nanoTime() - FORGETTABLE.toNanos();
        done.forEach((sequence, candle) -> {
            if (candle.acknowledgedAt - young > 0) {
                waiting.put(sequence, candle);
            }
        });
        done.keySet().removeAll(waiting.keySet());
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Reads the stream of signals from its beginning to its end. */
    void signals(Consumer<Stored> reader) {
        try {
            var left = client.jetStreamManagement()
                    .getStreamInfo(SIGNALS)
                    .getStreamState()
                    .getMsgCount();
            var options = PullSubscribeOptions.builder().stream(SIGNALS)
                    .configuration(ConsumerConfiguration.builder()
                            .ackPolicy(AckPolicy.None)
                            .build())
                    .build();
            var subscription = client.jetStream().subscribe(null, options);
            while (left > 0) {
                var batch = subscription.fetch(BATCH, Duration.ofSeconds(5));
                if (batch.isEmpty()) {
                    throw new IllegalStateException(left + " signals did not come");
                }
                batch.forEach(message ->
                        reader.accept(Stored.of(message.getSubject(), message.getHeaders(), message.getData())));
                left -= batch.size();
            }
            subscription.unsubscribe();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pause.end();
        threads.forEach(Thread::interrupt);
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(int rowsMax) {
        for (var row = 0; row < rowsMax && !pause.isOver(); row++) {
            var begun = System.nanoTime();
            var stored = new ArrayList<CompletableFuture<Void>>();
            for (var series = 0; series < market.size(); series++) {
                var candle = new Sent(new Place(series, row), changes.held());
                synchronized (this) {
                    sent.add(candle);
                }
                stored.add(store(candle).thenAccept(ack -> waiting.put(ack.getSeqno(), candle)));
            }
            // The next row only behind this one, as a market would.
            CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).join();
            rows = row + 1;
            pause.elapse(every.minusNanos(System.nanoTime() - begun));
        }
    }

    /** Again and again; the server recognises a candle that it has. */
    private CompletableFuture<PublishAck> store(Sent candle) {
        return once(candle)
                .orTimeout(STORED_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(_ -> CompletableFuture.supplyAsync(
                                () -> candle, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                        .thenCompose(this::store));
    }

    private CompletableFuture<PublishAck> once(Sent candle) {
        try {
            var series = market.series(candle.place.series());
            var options =
                    PublishOptions.builder().messageId("candle-" + candle.place).build();
            return client.jetStream().publishAsync(series.subject(), series.message(candle.place.row()), options);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void observe() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var consumer = client.jetStreamManagement().getConsumerInfo(CANDLES, CONSUMER);
                backlog = consumer.getNumPending() + consumer.getNumAckPending();
                backlogMax = Math.max(backlog, backlogMax);
                acknowledged(consumer.getAckFloor().getStreamSequence());
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                // The server is away: nothing is acknowledged meanwhile.
            }
            Pause.of(Patience.POLL);
        }
    }

    private void acknowledged(long floor) {
        // A server that was killed may have forgotten acknowledgements: those candles come again.
        var forgotten = done.tailMap(floor, false);
        waiting.putAll(forgotten);
        forgotten.clear();
        // Asked after the floor: a revision that was in force before an acknowledgement is among those proposed now.
        var newest = changes.proposed();
        var now = System.nanoTime();
        var past = waiting.headMap(floor, true);
        past.forEach((sequence, candle) -> {
            candle.lastRevision = newest;
            candle.acknowledgedAt = now;
            done.put(sequence, candle);
        });
        past.clear();
    }
}
