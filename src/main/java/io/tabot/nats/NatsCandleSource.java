package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleRejections;
import io.tabot.signal.CandleSource;
import io.tabot.signal.SourceHealth;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Candles from NATS: our own messages and the extractor's notices from a durable consumer or a queue group, as the mode
 * says, and kline events always from a queue group. All are merged into one stream that pulls only as fast as it is
 * read.
 */
public final class NatsCandleSource implements CandleSource {
    private final NatsConnection nats;
    private final CandleIntake intake;
    private final ExtractionIntake notices;
    private final Counter dropped;
    private final Clock clock;
    private boolean draining;
    private @Nullable CandleFeed feed;

    /** One that reads no notices, or none that lead to candles. */
    public NatsCandleSource(NatsConnection nats, CandleRejections rejections, MeterRegistry meters, Clock clock) {
        this(nats, CandleHistory.NONE, rejections, meters, clock);
    }

    /** @param extracted where the candles are that notices tell of */
    public NatsCandleSource(
            NatsConnection nats,
            CandleHistory extracted,
            CandleRejections rejections,
            MeterRegistry meters,
            Clock clock) {
        this.nats = nats;
        this.intake = new CandleIntake(rejections, meters, clock);
        var window = nats.settings().signals().stream().duplicateWindow();
        this.notices = new ExtractionIntake(intake, extracted, window, clock);
        this.clock = clock;
        this.dropped = Counter.builder("ta_bot_candles_dropped")
                .description("Candles lost because the queue of a plain subscription was full")
                .register(meters);
        Gauge.builder("ta_bot_candles_pending", this, source -> source.health().pending())
                .description("Candles that wait at the source, -1 when it can't tell")
                .register(meters);
    }

    @Override
    public Source<CandleMessage, NotUsed> candles() {
        return Source.lazySource(this::begin).mapMaterializedValue(ignored -> NotUsed.getInstance());
    }

    @Override
    public synchronized CompletionStage<Done> drain() {
        draining = true;
        if (feed == null) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        feed.stop();
        return feed.ended();
    }

    @Override
    public SourceHealth health() {
        var running = running();
        var pending = running == null ? SourceHealth.PENDING_UNKNOWN : running.pending();
        return new SourceHealth(nats.connected(), intake.lastCandle(), pending);
    }

    @Override
    public void onPastFilled(BiConsumer<Symbol, Timeframe> listener) {
        notices.onPastFilled(listener);
    }

    private synchronized Source<CandleMessage, NotUsed> begin() {
        var begun = new CandleFeed(nats, intake, notices, dropped, clock);
        feed = begun;
        if (draining) {
            begun.stop();
        }
        return begun.source();
    }

    private synchronized @Nullable CandleFeed running() {
        return feed;
    }
}
