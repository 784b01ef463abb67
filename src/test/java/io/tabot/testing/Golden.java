package io.tabot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recordings of the original service under {@code src/test/resources/golden}; its README explains the formats. */
public final class Golden {
    /** The original fails wherever these would fire. */
    public static final Set<String> NEVER_FIRED =
            Set.of("doji_reversal", "minervini_trend_template", "multi_timeframe_trend_continuation");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".csv.gz";

    private Golden() {}

    /** Names of all recorded series, sorted. */
    public static List<String> series() {
        try (Stream<Path> files =
                Files.list(Path.of(Golden.class.getResource("/golden/candles").toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The recorded candles can't be listed", e);
        }
    }

    /**
     * All candles of a series; a window of the recordings is rows {@code end_index - window + 1} to
     * {@code end_index}.
     */
    public static CandleColumns candles(String name) {
        List<String> rows = text("candles/" + name + SUFFIX).lines().skip(1).toList();
        CandleColumns candles = new CandleColumns(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String[] cells = rows.get(i).split(",");
            candles.openTime()[i] = Long.parseLong(cells[0]);
            candles.open()[i] = Double.parseDouble(cells[1]);
            candles.high()[i] = Double.parseDouble(cells[2]);
            candles.low()[i] = Double.parseDouble(cells[3]);
            candles.close()[i] = Double.parseDouble(cells[4]);
            candles.volume()[i] = Double.parseDouble(cells[5]);
        }
        return candles;
    }

    /** Indicator values, one window a line; the same windows in the same order as {@link #signalLines}. */
    public static Stream<JsonNode> indicatorLines(String name) {
        return lines("indicators/" + name + ".jsonl.gz");
    }

    /** What the original emitted, one window a line. */
    public static Stream<JsonNode> signalLines(String name) {
        return lines("signals/" + name + ".jsonl.gz");
    }

    /** What doji_reversal would have emitted without its error, one window of any series a line. */
    public static Stream<JsonNode> repairedDojiLines() {
        return lines("repaired_doji.jsonl.gz");
    }

    private static Stream<JsonNode> lines(String resource) {
        return text(resource).lines().map(Golden::parse);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (var packed = Golden.class.getResourceAsStream("/golden/" + resource)) {
            if (packed == null) {
                throw new FileNotFoundException("No recording " + resource);
            }
            return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
