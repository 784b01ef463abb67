package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * The newest candles of a series out of the stream that keeps them. Reads only, and only so many series at once, so
 * that a start with thousands of them does not flood the server.
 */
public final class NatsCandleHistory implements CandleHistory {
    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("nats-history").start(task);
    private static final int READS_AT_ONCE = 8;
    private static final int DEEPER = 4;

    /** Behind a backlog longer than this, the first candles see what little is older than they are. */
    private static final int DEPTH_MAX = 20_000;

    private record Question(Symbol symbol, Timeframe timeframe, long openTime, int count) {}

    private final NatsConnection nats;
    private final Semaphore reads = new Semaphore(READS_AT_ONCE);
    private final CandleDecoder decoder = new NativeCandleDecoder();

    public NatsCandleHistory(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        return CompletableFuture.supplyAsync(() -> read(new Question(symbol, timeframe, openTime, count)), BLOCKING);
    }

    private List<Candle> read(Question question) {
        reads.acquireUninterruptibly();
        try {
            return read(nats.require(), question);
        } catch (IOException | JetStreamApiException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } finally {
            reads.release();
        }
    }

    /** Reads further and further back until enough of what came is old enough, or there is no more. */
    private List<Candle> read(Connection connection, Question question)
            throws IOException, JetStreamApiException, InterruptedException {
        for (var depth = question.count(); ; depth *= DEEPER) {
            // A later message about the same bar corrects an earlier one.
            var byOpenTime = new TreeMap<Long, Candle>();
            var isAll = true;
            for (var pattern : nats.settings().candles().subjects()) {
                var subject = SubjectPattern.subjectOf(pattern, question.symbol(), question.timeframe());
                if (subject.isPresent()) {
                    var bodies = tail(connection, pattern, subject.get(), depth);
                    isAll &= bodies.size() < depth;
                    bodies.forEach(body -> collect(subject.get(), body, byOpenTime));
                }
            }
            var older = byOpenTime.headMap(question.openTime(), false);
            if (isAll || older.size() >= question.count() || depth > DEPTH_MAX) {
                return older.descendingMap().values().stream()
                        .limit(question.count())
                        .toList();
            }
        }
    }

    private List<byte[]> tail(Connection connection, String pattern, String subject, int count)
            throws IOException, JetStreamApiException, InterruptedException {
        var stream = NatsStreams.covering(connection, pattern);
        if (stream.isEmpty()) {
            return List.of();
        }
        var name = stream.get().getConfiguration().getName();
        return new SubjectTail(connection, name, subject).newest(count);
    }

    private void collect(String subject, byte[] body, TreeMap<Long, Candle> byOpenTime) {
        if (decoder.decode(subject, body) instanceof Decoded.Candles decoded) {
            decoded.candles().forEach(candle -> byOpenTime.put(candle.openTime(), candle));
        }
    }
}
