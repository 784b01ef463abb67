package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleMessage.Acknowledgement;
import io.tabot.signal.CandleRejection;
import io.tabot.signal.CandleRejections;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notice leads to the closed candles that nobody was handed, in their order, and is done when they are. */
class ExtractionIntakeTest {
    private static final Timeframe TIMEFRAME = Timeframe.FIFTEEN_MINUTES;
    private static final long BAR = TIMEFRAME.longest().toMillis();
    private static final Instant NOW = Instant.parse("2026-05-04T12:32:00Z");

    /** Open time of the newest bar that has closed by then. */
    private static final long NEWEST = Instant.parse("2026-05-04T12:15:00Z").toEpochMilli();

    private static final String SINGLE = """
            {"event_type":"extraction_completed","extraction_type":"klines","symbol":"BTCUSDT","period":"15m",
             "timestamp":"2026-05-04T10:17:03.120456+00:00Z","success":true,
             "metrics":{"records_fetched":3,"records_written":0},"errors":[]}""";
    private static final String BATCH = """
            {"event_type":"batch_extraction_completed","extraction_type":"klines","symbols":["BTCUSDT","ETHUSDT"],
             "period":"15m","timestamp":"2026-05-04T11:10:20+00:00Z","success":true,"errors":"none",
             "_otel_trace_context":{"traceparent":"x"}}""";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TreeMap<Long, Candle> bitcoin = new TreeMap<>();
    private final TreeMap<Long, Candle> ether = new TreeMap<>();
    private final List<String> answers = new ArrayList<>();
    private Instant now = NOW;
    private boolean isAway;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final CandleRejections rejections = new CandleRejections(meters, clock);
    private final CandleHistory history = (symbol, timeframe, openTime, count) -> isAway
            ? CompletableFuture.failedStage(new IllegalStateException("away"))
            : CompletableFuture.completedStage(List.copyOf((symbol.name().equals("BTCUSDT") ? bitcoin : ether)
                    .headMap(openTime, false)
                    .descendingMap()
                    .values()));
    private final ExtractionIntake intake =
            new ExtractionIntake(new CandleIntake(rejections, meters, clock), history, Duration.ofMinutes(40), clock);

    @Test
    void beginsASeriesWithWhatClosedAShortTimeAgo() {
        bars(bitcoin, 0, 100);

        assertThat(openTimes(take(SINGLE))).containsExactly(back(2), back(1), back(0));
    }

    @Test
    void beginsASeriesWithItsNewestCandleHoweverOldThatIs() {
        bars(bitcoin, 50, 100);

        assertThat(openTimes(take(SINGLE))).containsExactly(back(50));
    }

    @Test
    void handsOnWhatIsNewCorrectedOrCameLateSinceThen() {
        bars(bitcoin, 1, 3);
        bitcoin.remove(back(2));
        take(SINGLE).forEach(message -> message.ack().done());
        bars(bitcoin, 0, 1);
        assertThat(openTimes(take(SINGLE))).containsExactly(back(0));
        take(SINGLE).forEach(message -> message.ack().done());
        assertThat(take(SINGLE)).isEmpty();

        bars(bitcoin, 2, 20);
        assertThat(take(SINGLE)).as("older than the first").isEmpty();
        bitcoin.put(back(1), new Candle(back(1), 1, 9, 1, 8, 1));
        var corrected = take(SINGLE);
        assertThat(openTimes(corrected)).containsExactly(back(1));
        corrected.forEach(message -> message.ack().done());
        assertThat(take(SINGLE)).isEmpty();
    }

    @Test
    void handsOnABarThatWasMissingBetweenOthers() {
        bars(bitcoin, 0, 3);
        bitcoin.remove(back(1));
        take(SINGLE).forEach(message -> message.ack().done());
        bars(bitcoin, 1, 2);

        assertThat(openTimes(take(SINGLE))).containsExactly(back(1));
    }

    @Test
    void neverHandsOnABarThatIsStillOpen() {
        bars(bitcoin, -1, 1);

        assertThat(openTimes(take(SINGLE))).containsExactly(back(0));
    }

    @Test
    void singleAndBatchNoticeOfTheSameBarsHandThemOnOnce() {
        bars(bitcoin, 0, 1);
        bars(ether, 0, 1);

        take(SINGLE).forEach(message -> message.ack().done());
        var batch = take(BATCH);

        assertThat(batch).extracting(message -> message.symbol().name()).containsExactly("ETHUSDT");
        assertThat(answers).containsExactly("done");
        batch.forEach(message -> message.ack().done());
        assertThat(answers).containsExactly("done", "done");
    }

    @Test
    void aNoticeIsDoneOnlyWhenAllOfItsCandlesAre() {
        bars(bitcoin, 0, 2);
        bars(ether, 0, 1);

        var messages = take(BATCH);
        assertThat(messages).hasSize(3);
        messages.subList(0, 2).forEach(message -> message.ack().done());
        assertThat(answers).isEmpty();
        messages.getLast().ack().done();
        assertThat(answers).containsExactly("done");
    }

    @Test
    void handsACandleOnAgainThatWentBack() {
        bars(bitcoin, 0, 2);

        var first = take(SINGLE);
        first.getFirst().ack().retry();
        first.getLast().ack().done();

        assertThat(answers).containsExactly("retry");
        assertThat(openTimes(take(SINGLE))).containsExactly(back(1));
    }

    @Test
    void comesAgainWhenTheCandlesCanNotBeRead() {
        bars(bitcoin, 0, 1);
        isAway = true;
        assertThat(take(SINGLE)).isEmpty();
        isAway = false;
        assertThat(take(SINGLE)).as("rests for a moment").isEmpty();
        assertThat(answers).containsExactly("retry", "retry");

        now = NOW.plusSeconds(2);
        assertThat(take(SINGLE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"BTCUSDT\",\"period\":\"15m\",\"success\":false,\"errors\":\"x\"}",
                "{\"extraction_type\":\"trades\",\"symbol\":\"BTCUSDT\",\"period\":\"15m\"}",
                "{\"event_type\":\"persist_failed\",\"symbol\":\"BTCUSDT\",\"interval\":\"15m\"}",
                "{\"symbol\":\"SELFTEST\",\"period\":\"1m\"}",
                "{\"symbols\":[],\"period\":\"1m\"}"
            })
    void passesOverWhatIsNoTrigger(String body) {
        bars(bitcoin, 0, 5);

        assertThat(take(body)).isEmpty();
        assertThat(answers).containsExactly("done");
        assertThat(meters.get("ta_bot_candles_received").counter().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | NOT_JSON",
                "[] | NOT_AN_OBJECT",
                "{\"period\":\"15m\"} | MISSING_FIELD",
                "{\"symbol\":\"BTCUSDT\"} | MISSING_FIELD",
                "{\"symbol\":\"BTCUSDT\",\"period\":\"7m\"} | UNKNOWN_TIMEFRAME",
                "{\"symbol\":\"BTC USDT\",\"period\":\"15m\"} | INVALID_SYMBOL",
                "{\"symbols\":\"BTCUSDT\",\"period\":\"15m\"} | WRONG_TYPE",
                "{\"symbols\":[1],\"period\":\"15m\"} | WRONG_TYPE",
                "{\"symbol\":\"BTCUSDT\",\"period\":\"15m\",\"success\":\"yes\"} | WRONG_TYPE"
            })
    void refusesWhatCanNotBeRead(String body, CandleRejection reason) {
        assertThat(take(body)).isEmpty();
        assertThat(rejections.count(reason)).isEqualTo(1);
        assertThat(answers).containsExactly("done");
    }

    @Test
    void filledGapsOfThePastAreToldAndHandNothingOn() {
        bars(bitcoin, 0, 5);
        intake.onPastFilled((symbol, timeframe) -> answers.add(symbol + " " + timeframe));

        assertThat(take(SINGLE.replace("klines", "klines_gap_filling"))).isEmpty();
        assertThat(answers).containsExactly("BTCUSDT 15m", "done");
    }

    @Test
    void understandsTheOtherNameOfThePeriod() {
        bars(bitcoin, 0, 1);

        assertThat(take("{\"symbol\":\"BTCUSDT\",\"timeframe\":\"15m\"}"))
                .extracting(CandleMessage::symbol, CandleMessage::timeframe)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(new Symbol("BTCUSDT"), TIMEFRAME));
    }

    private List<CandleMessage> take(String body) {
        return intake.take(
                "binance.extraction.klines",
                body.getBytes(StandardCharsets.UTF_8),
                CandleIntake.Delivery.PLAIN,
                new Noted());
    }

    /** Bars from so many before the newest that has closed to so many, the last exclusive. */
    private static void bars(TreeMap<Long, Candle> series, int from, int to) {
        for (int i = from; i < to; i++) {
            series.put(back(i), new Candle(back(i), 1, 2, 1, 1.5, i + 10));
        }
    }

    private static long back(int bars) {
        return NEWEST - bars * BAR;
    }

    private static List<Long> openTimes(List<CandleMessage> messages) {
        return messages.stream().map(message -> message.candle().openTime()).toList();
    }

    private final class Noted implements Acknowledgement {
        @Override
        public void done() {
            answers.add("done");
        }

        @Override
        public void retry() {
            answers.add("retry");
        }
    }
}
