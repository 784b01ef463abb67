package io.tabot.bench;

import io.nats.client.Connection;
import io.nats.client.api.PublishAck;
import io.tabot.market.Timeframe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Closed candles of made-up symbols, a random walk for each series, in the order in which they would close. */
final class CandleLoad {
    /** Of every symbol, as many as a load asks for. */
    private static final List<Timeframe> TIMEFRAMES = List.of(
            Timeframe.FIVE_MINUTES,
            Timeframe.FIFTEEN_MINUTES,
            Timeframe.THIRTY_MINUTES,
            Timeframe.ONE_HOUR,
            Timeframe.TWO_HOURS,
            Timeframe.FOUR_HOURS,
            Timeframe.SIX_HOURS,
            Timeframe.TWELVE_HOURS);

    private static final long SEED = 7;
    /** More than a window, so that all that is published has closed long ago. */
    private static final int ROWS_MAX = 3_000;

    private static final int UNCONFIRMED_MAX = 2_000;

    /**
     * How much prices move in one candle, and how sure a signal has to be: lively markets make several signals a
     * candle, still ones one, and where only the surest count there are hardly any.
     */
    enum Market {
        LIVELY(0.004, 0.6),
        STILL(0, 0.6),
        STRICT(0.004, 0.9);

        private final double step;
        private final double minConfidence;

        Market(double step, double minConfidence) {
            this.step = step;
            this.minConfidence = minConfidence;
        }

        double minConfidence() {
            return minConfidence;
        }
    }

    /** One series: what it is called and where it stands. */
    private static final class Series {
        private final String symbol;
        private final Timeframe timeframe;
        private final String subject;
        private final long step;
        private final SplittableRandom random;
        private long openTime;
        private double price;

        private Series(String symbol, Timeframe timeframe, long seed, long now) {
            this.symbol = symbol;
            this.timeframe = timeframe;
            this.subject = "candles." + symbol + "." + timeframe.id();
            this.step = timeframe.longest().toMillis();
            this.random = new SplittableRandom(seed);
            this.openTime = timeframe.openTime(now) - ROWS_MAX * step;
            this.price = 50 + random.nextDouble() * 1_000;
        }
    }

    private final List<Series> series = new ArrayList<>();
    private final int symbols;
    private final int timeframes;
    private Market market = Market.LIVELY;
    private int next;
    private @Nullable SentWindows windows;

    CandleLoad(int symbols, int timeframes, long now) {
        this.symbols = symbols;
        this.timeframes = timeframes;
        for (var timeframe : TIMEFRAMES.subList(0, timeframes)) {
            for (var symbol = 0; symbol < symbols; symbol++) {
                series.add(new Series(symbol(symbol), timeframe, SEED + series.size(), now));
            }
        }
    }

    void market(Market other) {
        market = other;
    }

    /** Keeps from now on what is sent. */
    void keepIn(SentWindows sent) {
        windows = sent;
    }

    int size() {
        return series.size();
    }

    List<String> symbols() {
        return java.util.stream.IntStream.range(0, symbols)
                .mapToObj(CandleLoad::symbol)
                .toList();
    }

    List<String> timeframes() {
        return TIMEFRAMES.subList(0, timeframes).stream().map(Timeframe::id).toList();
    }

    /** The next candle of the next series. */
    Outgoing next() {
        var one = series.get(next);
        next = (next + 1) % series.size();
        return message(one);
    }

    /** As many candles as asked for, the series in turn. */
    List<Outgoing> next(int count) {
        var messages = new ArrayList<Outgoing>(count);
        for (var i = 0; i < count; i++) {
            messages.add(next());
        }
        return messages;
    }

    /** A candle on its way. */
    record Outgoing(String subject, long openTime, byte[] body) {}

    /** Without waiting for anything. */
    static void publish(Connection nats, List<Outgoing> messages) throws Exception {
        for (var message : messages) {
            nats.publish(message.subject(), message.body());
        }
        nats.flush(java.time.Duration.ofSeconds(30));
    }

    /** Until the stream has confirmed each, with many on their way. */
    static void store(Connection nats, List<Outgoing> messages) throws Exception {
        var stream = nats.jetStream();
        Deque<CompletableFuture<PublishAck>> unconfirmed = new ArrayDeque<>();
        for (var message : messages) {
            unconfirmed.add(stream.publishAsync(message.subject(), message.body()));
            if (unconfirmed.size() >= UNCONFIRMED_MAX) {
                unconfirmed.removeFirst().join();
            }
        }
        unconfirmed.forEach(CompletableFuture::join);
    }

    private Outgoing message(Series one) {
        var open = one.price;
        var close = open * (1 + (one.random.nextDouble() - 0.5) * 2 * market.step);
        var high = Math.max(open, close) * (1 + one.random.nextDouble() * market.step / 2);
        var low = Math.min(open, close) * (1 - one.random.nextDouble() * market.step / 2);
        var volume = market == Market.STILL ? 100 : 50 + one.random.nextDouble() * 100;
        var openTime = one.openTime;
        one.price = close;
        one.openTime += one.step;
        var numbers =
                List.of(price(open), price(high), price(low), price(close), String.format(Locale.ROOT, "%.4f", volume));
        if (windows != null) {
            windows.add(one.symbol, one.timeframe, openTime, numbers);
        }
        var text =
                "{\"open_time\":%d,\"open\":\"%s\",\"high\":\"%s\",\"low\":\"%s\",\"close\":\"%s\",\"volume\":\"%s\"}"
                        .formatted(
                                openTime,
                                numbers.get(0),
                                numbers.get(1),
                                numbers.get(2),
                                numbers.get(3),
                                numbers.get(4));
        return new Outgoing(one.subject, openTime, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String price(double value) {
        return String.format(Locale.ROOT, "%.8f", value);
    }

    private static String symbol(int number) {
        return String.format(Locale.ROOT, "S%04dUSDT", number);
    }
}
