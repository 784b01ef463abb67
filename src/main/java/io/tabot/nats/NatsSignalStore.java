package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import io.tabot.nats.SignalStream.Stretch;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SentSignal;
import io.tabot.signal.SignalCounts;
import io.tabot.signal.SignalGrouping;
import io.tabot.signal.SignalStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The signals in the stream that keeps them: what went out, by whatever node, as long as the stream keeps it. A stream
 * can't be searched, so pages are read backwards in pieces, and ids are found by an index of headers that is brought up
 * to date when it is asked. Reads only, and only a few at once.
 */
public final class NatsSignalStore implements SignalStore {
    public static final String NAME = "stream";

    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("signal-stream").start(task);
    private static final int READS_AT_ONCE = 4;

    /** Messages that are looked at for one page; when they hold too few, the next page goes on. */
    private static final int LOOKED_AT_MAX = 20_000;

    private static final int PIECE = 2_000;
    private static final int NO_MESSAGE_FOUND = 10_037;

    /** Clocks of a node and a server may differ by so much. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    @FunctionalInterface
    private interface Reading<T> {
        T read(Connection connection, StreamInfo stream)
                throws IOException, JetStreamApiException, InterruptedException;
    }

    private record Entry(SentSignal signal, long sequence) {}

    private final NatsConnection nats;
    private final Semaphore reads = new Semaphore(READS_AT_ONCE);
    private final SequenceIndex index = new SequenceIndex();
    private @Nullable ZonedDateTime indexed;

    public NatsSignalStore(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Page> find(String environment, Filter filter, @Nullable Place before, int limit) {
        return read((connection, stream) -> {
            var state = stream.getStreamState();
            var end = before == null ? state.getLastSequence() : before.number() - 1;
            return Boolean.FALSE.equals(filter.bounds().published())
                    ? new Page(List.of(), null)
                    : page(connection, stream, environment, filter, end, limit);
        });
    }

    @Override
    public CompletionStage<Optional<Kept>> byId(String environment, String intentId) {
        return read((connection, stream) -> byId(connection, stream, environment, intentId));
    }

    @Override
    public CompletionStage<SignalCounts> count(String environment, Filter filter, SignalGrouping grouping) {
        return read((connection, stream) -> {
            var tally = new SignalCounts.Tally(grouping);
            var state = stream.getStreamState();
            if (!Boolean.FALSE.equals(filter.bounds().published()) && state.getMsgCount() > 0) {
                var stretch = new Stretch(subject(filter), 1, begin(filter), state.getLastSequence(), true);
                new SignalStream(connection, name(stream))
                        .read(
                                stretch,
                                message -> SentSignal.read(environment, message.getData())
                                        .filter(filter::matches)
                                        .ifPresent(tally::add));
            }
            return tally.counted();
        });
    }

    private Page page(Connection connection, StreamInfo stream, String environment, Filter filter, long end, int limit)
            throws IOException, JetStreamApiException, InterruptedException {
        var source = new SignalStream(connection, name(stream));
        var first = stream.getStreamState().getFirstSequence();
        var found = new ArrayList<Entry>();
        var to = end;
        while (to >= first && found.size() <= limit && end - to < LOOKED_AT_MAX) {
            var from = Math.max(first, to - PIECE + 1);
            var piece = new ArrayList<Entry>();
            source.read(
                    new Stretch(subject(filter), from, null, to, true),
                    message -> entry(environment, message)
                            .filter(entry -> filter.matches(entry.signal()))
                            .ifPresent(piece::add));
            found.addAll(piece.reversed());
            to = from - 1;
        }
        if (found.size() > limit) {
            var last = found.get(limit - 1);
            return new Page(
                    kept(found.subList(0, limit)), new Place(last.signal().sentAt(), last.sequence()));
        }
        return new Page(kept(found), to < first ? null : new Place(Instant.EPOCH, to + 1));
    }

    private static List<Kept> kept(List<Entry> entries) {
        return entries.stream().map(entry -> Kept.sent(entry.signal().json())).toList();
    }

    private static Optional<Entry> entry(String environment, Message message) {
        return SentSignal.read(environment, message.getData())
                .map(signal -> new Entry(signal, message.metaData().streamSequence()));
    }

    private Optional<Kept> byId(Connection connection, StreamInfo stream, String environment, String intentId)
            throws IOException, JetStreamApiException, InterruptedException {
        var sequence = sequenceOf(connection, stream, intentId);
        if (sequence == 0) {
            return Optional.empty();
        }
        try {
            var body = connection
                    .jetStreamManagement()
                    .getMessage(name(stream), sequence)
                    .getData();
            return Optional.ofNullable(body)
                    .flatMap(bytes -> SentSignal.read(environment, bytes))
                    .filter(signal -> signal.intentId().equals(intentId))
                    .map(signal -> Kept.sent(signal.json()));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE_FOUND) {
                // It was too old by now.
                return Optional.empty();
            }
            throw e;
        }
    }

    private synchronized long sequenceOf(Connection connection, StreamInfo stream, String intentId)
            throws IOException, JetStreamApiException, InterruptedException {
        var state = stream.getStreamState();
        if (!stream.getCreateTime().equals(indexed)) {
            index.clear();
            indexed = stream.getCreateTime();
        }
        if (state.getLastSequence() > index.newest()) {
            var from = Math.max(index.newest() + 1, state.getLastSequence() - SequenceIndex.CAPACITY);
            new SignalStream(connection, name(stream))
                    .read(
                            new Stretch(subject(Filter.ANY), from, null, state.getLastSequence(), false),
                            message -> index.add(id(message), message.metaData().streamSequence()));
            index.reached(state.getLastSequence());
        }
        return index.find(intentId);
    }

    private static String id(Message message) {
        var headers = message.getHeaders();
        var id = headers == null ? null : headers.getFirst("Nats-Msg-Id");
        return id == null ? "" : id;
    }

    /** Nothing is sent before its candle opened. */
    private static @Nullable ZonedDateTime begin(Filter filter) {
        var begin = filter.since();
        var opened = filter.bounds().opened();
        if (opened != null && (begin == null || opened.isAfter(begin))) {
            begin = opened;
        }
        return begin == null ? null : begin.minus(CLOCKS_APART).atZone(ZoneOffset.UTC);
    }

    private String subject(Filter filter) {
        var base = nats.settings().signals().subject();
        return base + "." + (filter.strategyId() == null ? "*" : filter.strategyId());
    }

    private static String name(StreamInfo stream) {
        return stream.getConfiguration().getName();
    }

    private <T> CompletionStage<T> read(Reading<T> reading) {
        return CompletableFuture.supplyAsync(
                () -> {
                    reads.acquireUninterruptibly();
                    try {
                        var connection = nats.require();
                        return reading.read(
                                connection,
                                NatsStreams.ofSignals(
                                        connection, nats.settings().signals()));
                    } catch (IOException | JetStreamApiException e) {
                        throw new Unavailable("the stream of signals can't be read: " + e.getMessage(), e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new Unavailable("interrupted", e);
                    } finally {
                        reads.release();
                    }
                },
                BLOCKING);
    }
}
