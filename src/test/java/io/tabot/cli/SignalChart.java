package io.tabot.cli;

import io.tabot.cli.Firings.Firing;
import io.tabot.cli.SignalLines.Line;
import io.tabot.market.Candle;
import io.tabot.strategy.Decision.Action;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A drawing of one signal: the candles around it, what the rule reads, the entry, stop loss and take profit. The same
 * signal gives the same bytes on any machine. It brings its own background, for readers in the dark.
 */
final class SignalChart {
    static final int BEFORE = 48;
    static final int AFTER = 20;

    private static final int WIDTH = 800;
    private static final int HEIGHT = 380;
    private static final int MARGIN = 14;
    private static final int LEFT = 66;
    private static final int RIGHT = WIDTH - 146;
    private static final int TOP = 44;
    private static final int BOTTOM = HEIGHT - 70;
    private static final int VOLUME_BOTTOM = HEIGHT - 26;
    private static final int VOLUME_HEIGHT = 36;
    private static final int LABEL_HEIGHT = 15;
    private static final String[] LINE_COLOURS = {"#8250df", "#bf6a02", "#0969da", "#57606a"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A price with a name, drawn from the signal's candle to the right. */
    private record Level(String name, double price, String colour, String dash) {}

    private final Firing firing;
    private final List<Candle> candles;
    private final List<Line> lines;
    private final List<Level> levels;
    private final int signalAt;
    private final double lowest;
    private final double highest;
    private final StringBuilder svg = new StringBuilder();

    private SignalChart(Firing firing) {
        this.firing = firing;
        var from = firing.index() - BEFORE;
        this.candles = firing.series().candles().subList(from, firing.index() + AFTER + 1);
        this.signalAt = BEFORE;
        this.lines = SignalLines.of(firing, BEFORE, AFTER);
        this.levels = levels(firing);
        var prices = levels.stream().mapToDouble(Level::price).toArray();
        var low = min(min(candles.stream().mapToDouble(Candle::low).toArray()), min(prices));
        var high = -min(min(candles.stream().mapToDouble(c -> -c.high()).toArray()), -max(prices));
        this.lowest = low - 0.04 * (high - low);
        this.highest = high + 0.04 * (high - low);
    }

    /** Whether there are enough candles around it. */
    static boolean canShow(Firing firing) {
        return firing.index() >= BEFORE
                && firing.index() + AFTER < firing.series().length();
    }

    static String of(Firing firing) {
        return new SignalChart(firing).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"12\"",
                WIDTH, HEIGHT);
        add(" font-family=\"system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif\">\n");
        add("<title>%s: %s</title>\n", firing.signal().strategyId(), caption());
        add("<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" ", WIDTH - 1, HEIGHT - 1);
        add("fill=\"#fff\" stroke=\"#d0d7de\"/>\n");
        add("<text x=\"%d\" y=\"25\" font-weight=\"600\" fill=\"#1f2328\">%s</text>\n", MARGIN, caption());
        drawGrid();
        drawSignalBand();
        drawVolume();
        drawCandles();
        drawLines();
        drawLevels();
        drawMarker();
        return svg.append("</svg>\n").toString();
    }

    private String caption() {
        var signal = firing.signal();
        return "%s %s, %s UTC: %s"
                .formatted(
                        firing.series().name(),
                        firing.series().timeframe().id(),
                        time(candles.get(signalAt)),
                        signal.action().name().toLowerCase(Locale.ROOT));
    }

    private void drawGrid() {
        var step = step(highest - lowest);
        var path = new StringBuilder();
        add("<g fill=\"#57606a\" font-size=\"11\">\n");
        for (var tick = (long) Math.ceil(lowest / step); tick * step < highest; tick++) {
            var y = y(tick * step);
            path.append("M%d %sH%d".formatted(LEFT, one(y), RIGHT));
            addText(LEFT - 6, one(y + 4), "end", price(tick * step));
        }
        addText(LEFT, String.valueOf(HEIGHT - 9), "start", time(candles.getFirst()));
        addText(x(signalAt), String.valueOf(HEIGHT - 9), "middle", time(candles.get(signalAt)));
        addText(RIGHT, String.valueOf(HEIGHT - 9), "end", time(candles.getLast()));
        add("</g>\n<path d=\"%s\" stroke=\"#eaeef2\" fill=\"none\"/>\n", path);
    }

    private void addText(double x, String y, String anchor, String text) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n", one(x), y, anchor, text);
    }

    private void drawSignalBand() {
        var width = slot();
        add("<rect x=\"%s\" y=\"%d\" width=\"%s\" ", one(x(signalAt) - width / 2), TOP, one(width));
        add("height=\"%d\" fill=\"#fff1c2\"/>\n", VOLUME_BOTTOM - TOP);
    }

    private void drawVolume() {
        var most = max(candles.stream().mapToDouble(Candle::volume).toArray());
        var path = IntStream.range(0, candles.size())
                .mapToObj(i -> "M%s %dV%s"
                        .formatted(
                                one(x(i)),
                                VOLUME_BOTTOM,
                                one(VOLUME_BOTTOM
                                        - VOLUME_HEIGHT * candles.get(i).volume() / most)))
                .collect(Collectors.joining());
        add("<path d=\"%s\" stroke=\"#afb8c1\" stroke-width=\"%s\"/>\n", path, one(slot() * 0.6));
    }

    /** Rising ones are hollow, so that it does not take colours to tell them from falling ones. */
    private void drawCandles() {
        for (var rises : List.of(true, false)) {
            var wicks = new StringBuilder();
            var bodies = new StringBuilder();
            for (var i = 0; i < candles.size(); i++) {
                var candle = candles.get(i);
                if (candle.close() >= candle.open() == rises) {
                    addCandle(candle, x(i), wicks, bodies);
                }
            }
            var colour = rises ? "#0f766e" : "#b3402a";
            add("<path d=\"%s\" stroke=\"%s\"/>\n", wicks, colour);
            add("<path d=\"%s\" stroke=\"%s\" fill=\"%s\"/>\n", bodies, colour, rises ? "#fff" : colour);
        }
    }

    private void addCandle(Candle candle, double x, StringBuilder wicks, StringBuilder bodies) {
        var top = y(Math.max(candle.open(), candle.close()));
        var bottom = Math.max(y(Math.min(candle.open(), candle.close())), top + 0.5);
        var half = slot() * 0.32;
        wicks.append("M%s %sV%sM%s %sV%s"
                .formatted(one(x), one(y(candle.high())), one(top), one(x), one(bottom), one(y(candle.low()))));
        bodies.append("M%s %sH%sV%sH%sZ".formatted(one(x - half), one(top), one(x + half), one(bottom), one(x - half)));
    }

    private void drawLines() {
        add("<clipPath id=\"plot\"><path d=\"M%d %dH%dV%dH%dZ\"/></clipPath>\n", LEFT, TOP, RIGHT, BOTTOM, LEFT);
        add("<g clip-path=\"url(#plot)\" fill=\"none\" stroke-width=\"1.6\" stroke-linejoin=\"round\">\n");
        for (var i = 0; i < lines.size(); i++) {
            add(
                    "<path d=\"%s\" stroke=\"%s\"/>\n",
                    path(lines.get(i)), LINE_COLOURS[lines.get(i).colour()]);
        }
        add("</g>\n");
        var x = (double) WIDTH - MARGIN;
        for (var line :
                lines.stream().filter(line -> !line.name().isEmpty()).toList().reversed()) {
            add("<text x=\"%s\" y=\"25\" text-anchor=\"end\" fill=\"%s\">", one(x), LINE_COLOURS[line.colour()]);
            add("%s</text>\n", line.name());
            x -= 14 + 6.6 * line.name().length();
        }
    }

    private String path(Line line) {
        var path = new StringBuilder();
        for (var i = 0; i < line.values().length; i++) {
            var value = line.values()[i];
            if (!Double.isNaN(value)) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(one(x(i)))
                        .append(' ')
                        .append(one(y(value)));
            }
        }
        return path.toString();
    }

    private void drawLevels() {
        var bottom = Double.NEGATIVE_INFINITY;
        for (var level : levels.stream()
                .sorted(Comparator.comparingDouble(Level::price).reversed())
                .toList()) {
            var y = y(level.price());
            // Names give way downwards where prices are close together.
            bottom = Math.max(y + 4, bottom + LABEL_HEIGHT);
            add("<path d=\"M%s %sH%d\" stroke=\"%s\" ", one(x(signalAt)), one(y), RIGHT + 4, level.colour());
            add("stroke-width=\"1.4\" stroke-dasharray=\"%s\"/>\n", level.dash());
            add("<text x=\"%d\" y=\"%s\" fill=\"%s\">", RIGHT + 8, one(bottom), level.colour());
            add("%s %s</text>\n", level.name(), price(level.price()));
        }
    }

    /** Below the candle and up for a buy, above it and down for a sell, a diamond for a hold. */
    private void drawMarker() {
        var candle = candles.get(signalAt);
        var x = x(signalAt);
        var isSell = firing.signal().action() == Action.SELL;
        var tip = isSell ? y(candle.high()) - 6 : y(candle.low()) + 6;
        var size = isSell ? -11 : 11;
        var end = firing.signal().action() == Action.HOLD
                ? "L%s %sL%s %sZ".formatted(one(x), one(tip + 2 * size), one(x - 6), one(tip + size))
                : "H%sZ".formatted(one(x - 6));
        add("<path d=\"M%s %sL%s %s%s\" fill=\"#1f2328\"/>\n", one(x), one(tip), one(x + 6), one(tip + size), end);
    }

    private static List<Level> levels(Firing firing) {
        var signal = firing.signal();
        var levels = new ArrayList<Level>();
        levels.add(new Level(signal.action() == Action.HOLD ? "close" : "entry", signal.price(), "#1f2328", "2 3"));
        addLevel(levels, "take profit", signal.takeProfit(), "#1a7f37");
        addLevel(levels, "stop loss", signal.stopLoss(), "#cf222e");
        return levels;
    }

    private static void addLevel(List<Level> levels, String name, @Nullable Double price, String colour) {
        if (price != null) {
            levels.add(new Level(name, price, colour, "6 3"));
        }
    }

    private double slot() {
        return (RIGHT - LEFT) / (double) candles.size();
    }

    private double x(int i) {
        return LEFT + slot() * (i + 0.5);
    }

    private double y(double price) {
        return BOTTOM - (BOTTOM - TOP) * (price - lowest) / (highest - lowest);
    }

    /** 1, 2 or 5 times a power of ten, such that about five of it fit in. */
    private static double step(double range) {
        var power = new BigDecimal(range / 5).round(new MathContext(1, RoundingMode.UP));
        var digit = power.unscaledValue().intValueExact();
        var rounded = digit > 5 ? 10 : digit > 2 ? 5 : digit;
        return BigDecimal.valueOf(rounded, power.scale()).doubleValue();
    }

    private static double min(double... values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double... values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** With one digit after the point, none if it is 0. */
    private static String one(double value) {
        var tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? String.valueOf(tenths / 10)
                : BigDecimal.valueOf(tenths, 1).toPlainString();
    }

    private static String price(double price) {
        return new BigDecimal(price)
                .round(new MathContext(6, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String time(Candle candle) {
        return TIME.format(Instant.ofEpochMilli(candle.openTime()));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
