package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog;
import io.tabot.live.LiveTail;
import io.tabot.live.PastReads;
import io.tabot.signal.LiveSignal;
import io.tabot.signal.SentSignal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of all nodes, as the stream that keeps them numbers them. One consumer of this process follows the
 * stream, from when the first reader comes, whatever the number of readers; the past is read from the stream itself.
 */
public final class NatsSignalLog implements LiveLog<LiveSignal>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsSignalLog.class);
    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("signal-past").start(task);

    private static final int KEPT = 4_096;
    private static final int PAGE = 200;
    private static final int READS_AT_ONCE = 4;
    private static final Duration OPENING_MAX = Duration.ofSeconds(5);
    private static final Duration IDLE_CONSUMER_LIFETIME = Duration.ofSeconds(30);

    private final NatsConnection nats;
    private final NatsSettings settings;
    private final String environment;
    private final Clock clock;
    private final LiveTail<LiveSignal> tail = new LiveTail<>(KEPT);
    private final PastReads<LiveSignal> reads =
            new PastReads<>(READS_AT_ONCE, after -> CompletableFuture.supplyAsync(() -> read(after), BLOCKING));
    private final CompletableFuture<LiveTail<LiveSignal>> opened = new CompletableFuture<>();
    private final PullWorker worker;
    private long delivered;

    public NatsSignalLog(NatsConnection nats, String environment, Clock clock) {
        this.nats = nats;
        this.settings = nats.settings();
        this.environment = environment;
        this.clock = clock;
        this.worker = new PullWorker(
                "signal-log",
                nats,
                new Outage(LOG, "Following the stream of signals does not work"),
                this::open,
                this::take);
    }

    @Override
    public LiveTail<LiveSignal> tail() {
        return tail;
    }

    @Override
    public CompletionStage<LiveTail<LiveSignal>> opened() {
        worker.start();
        return opened.isDone()
                ? opened
                : opened.copy()
                        .orTimeout(OPENING_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(_ -> {
                            throw new IllegalStateException("the stream of signals can't be read");
                        });
    }

    @Override
    public CompletionStage<Past<LiveSignal>> past(long after) {
        return reads.after(after);
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("source", "jetstream", "scope", "environment");
    }

    @Override
    public void close() throws InterruptedException {
        worker.close();
    }

    /** Nothing is acknowledged, so what is lost on the way shows in the count alone: then it is asked for again. */
    private void take(List<Message> batch) {
        var last = tail.head();
        for (var message : batch) {
            if (message.metaData().consumerSequence() != delivered + 1) {
                worker.drop();
                break;
            }
            delivered++;
            last = message.metaData().streamSequence();
            var number = last;
            SentSignal.read(environment, message.getData())
                    .ifPresent(signal -> tail.add(new LiveEntry<>(number, LiveSignal.of(signal))));
        }
        if (last > tail.head()) {
            tail.reach(last);
        }
        worker.succeeded();
    }

    private PullSession open(Connection connection) throws IOException, JetStreamApiException {
        var stream = NatsStreams.ofSignals(connection, settings.signals());
        catchUp(
                stream.getStreamState().getFirstSequence(),
                stream.getStreamState().getLastSequence());
        delivered = 0;
        var consumer = connection
                .jetStreamManagement()
                .createConsumer(
                        stream.getConfiguration().getName(),
                        following(tail.head() + 1, settings).build());
        return PullSession.open(
                connection, consumer, settings.candles().delivery().fetchBatch(), clock);
    }

    /** Where the stream goes on from what is known, nothing; else its readers learn that it does not. */
    private void catchUp(long first, long last) {
        if (!opened.isDone()) {
            tail.jump(last);
            opened.complete(tail);
        } else if (last < tail.head()) {
            tail.rewrite(last);
        } else if (first > tail.head() + 1) {
            tail.jump(first - 1);
        }
    }

    private static ConsumerConfiguration.Builder following(long from, NatsSettings settings) {
        return ConsumerConfiguration.builder()
                .filterSubject(settings.signals().subject() + ".*")
                .ackPolicy(AckPolicy.None)
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(from)
                .memStorage(true)
                .inactiveThreshold(IDLE_CONSUMER_LIFETIME);
    }

    private Past<LiveSignal> read(long after) {
        try {
            var connection = nats.require();
            return read(connection, NatsStreams.ofSignals(connection, settings.signals()), after);
        } catch (NotConnected e) {
            throw new CompletionException("NATS is away", e);
        } catch (IOException | JetStreamApiException e) {
            throw new CompletionException("the stream of signals can't be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private Past<LiveSignal> read(Connection connection, StreamInfo stream, long after)
            throws IOException, JetStreamApiException, InterruptedException {
        var state = stream.getStreamState();
        var first = state.getFirstSequence();
        var page = new SignalPage(connection, stream.getConfiguration().getName(), environment)
                .read(following(after + 1, settings), PAGE);
        var upTo = page.isLast() ? Math.max(page.upTo(), state.getLastSequence()) : page.upTo();
        var gap = first > after + 1
                ? new Gap(after, Math.min(first - 1, upTo), "the stream of signals does not keep them any longer")
                : null;
        return new Past<>(new ArrayList<>(page.signals()), upTo, gap);
    }
}
