package io.tabot.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.ConfigState;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.SignalOracle;
import io.tabot.testing.SimulatedCandles;
import io.tabot.testing.Windows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Made-up candles of many symbols in several timeframes, the same for the same seed. */
final class Market {
    private static final List<Timeframe> TIMEFRAMES =
            List.of(Timeframe.FIFTEEN_MINUTES, Timeframe.ONE_HOUR, Timeframe.FIVE_MINUTES);
    private static final long START = 1_700_000_000_000L / 86_400_000 * 86_400_000;
    private static final double VOLATILITY = 0.02;

    /** A row of a series, named as a checker wants it. */
    record Place(int series, int row) {
        @Override
        public String toString() {
            return series + "/" + row;
        }

        static Place of(String text) {
            var slash = text.indexOf('/');
            return new Place(
                    Integer.parseInt(text, 0, slash, 10), Integer.parseInt(text, slash + 1, text.length(), 10));
        }
    }

    private final List<String> symbols;
    private final List<Timeframe> timeframes;
    private final List<CandleTraffic.Series> series;
    private final Map<String, Integer> indexes = new HashMap<>();

    Market(long seed, int symbols, int timeframes, int rows) {
        this.symbols =
                IntStream.range(0, symbols).mapToObj("S%03dUSDT"::formatted).toList();
        this.timeframes = TIMEFRAMES.subList(0, timeframes);
        this.series = IntStream.range(0, symbols * timeframes)
                .parallel()
                .mapToObj(i -> made(seed, i, rows))
                .toList();
        for (var i = 0; i < series.size(); i++) {
            indexes.put(name(series.get(i).symbol(), series.get(i).timeframe().id()), i);
        }
    }

    List<String> symbols() {
        return symbols;
    }

    List<String> timeframes() {
        return timeframes.stream().map(Timeframe::id).toList();
    }

    int size() {
        return series.size();
    }

    CandleTraffic.Series series(int index) {
        return series.get(index);
    }

    /** Which candle a signal was made on. */
    Place place(JsonNode signal) {
        var index = indexes.get(
                name(signal.path("symbol").asText(), signal.path("timeframe").asText()));
        if (index == null) {
            throw new IllegalStateException("no such series: " + signal);
        }
        var step = series.get(index).timeframe().longest().toMillis();
        var openTime = Instant.parse(signal.path("metadata").path("open_time").asText());
        return new Place(index, (int) ((openTime.toEpochMilli() - START) / step));
    }

    /** What the engine says on a candle. */
    List<JsonNode> signals(SignalOracle oracle, Place place, ConfigState state) {
        var its = series.get(place.series());
        return oracle.signals(new Symbol(its.symbol()), its.timeframe(), its.candles(), place.row(), state);
    }

    private CandleTraffic.Series made(long seed, int index, int rows) {
        var timeframe = timeframes.get(index % timeframes.size());
        var columns = Windows.columns(SimulatedCandles.of(seed * 31 + index, rows, VOLATILITY));
        return new CandleTraffic.Series(
                symbols.get(index / timeframes.size()),
                timeframe,
                retimed(columns, timeframe.longest().toMillis()));
    }

    private static CandleColumns retimed(CandleColumns columns, long step) {
        for (var i = 0; i < columns.length(); i++) {
            columns.openTime()[i] = START + i * step;
        }
        return columns;
    }

    private static String name(String symbol, String timeframe) {
        return symbol + " " + timeframe;
    }
}
