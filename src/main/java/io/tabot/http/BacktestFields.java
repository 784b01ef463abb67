package io.tabot.http;

import io.tabot.backtest.Costs;
import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.config.LooseValues;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the body of a backtest, with the defaults and second names of the Python bot. Collects all that is wrong. */
final class BacktestFields {
    private static final String SYMBOL = "BTCUSDT";
    private static final int WARMUP = 200;
    private static final int CANDLES_MAX = 1000;

    /** The years that ISO-8601 has four digits for. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final List<String> NAMES = List.of(
            "strategy_id",
            "from",
            "to",
            "symbol",
            "period",
            "warmup",
            "max_candles",
            "persist",
            "parameter_overrides",
            "rule_set",
            "fee",
            "slippage",
            "range_from",
            "range_to");

    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();
    private static final List<String> RULE_SETS =
            Arrays.stream(RuleSet.values()).map(RuleSet::id).toList();

    private final Map<String, @Nullable Object> body;
    private final BodyFields fields;
    private final BacktestLimits limits;

    BacktestFields(Map<String, @Nullable Object> body, BacktestLimits limits) {
        this.body = body;
        this.fields = new BodyFields(body);
        this.limits = limits;
    }

    List<FieldError> errors() {
        return fields.errors();
    }

    /** Empty where it is missing or no text; that is an error. */
    String strategyId() {
        return fields.required("strategy_id", "");
    }

    /** To be used if there are no errors afterwards. */
    BacktestRequest read(Strategy strategy) {
        fields.refuseOthers(NAMES);
        var from = time("from", "range_from");
        var to = time("to", "range_to");
        if (fields.errors().isEmpty() && to.isBefore(from)) {
            fields.refuse(new FieldError("to", Code.INVALID_VALUE, "to must not be before from", null, null));
        }
        var candlesMax =
                fields.whole("max_candles", 1, limits.candlesMax(), Math.min(CANDLES_MAX, limits.candlesMax()));
        return new BacktestRequest(
                strategy,
                symbol(),
                oneOf("period", Timeframe::of, TIMEFRAMES).orElse(Timeframe.FIFTEEN_MINUTES),
                from,
                to,
                fields.whole("warmup", 1, limits.candlesMax(), Math.min(WARMUP, limits.candlesMax())),
                candlesMax,
                !fields.has("persist") || fields.flag("persist"),
                overrides(),
                oneOf("rule_set", RuleSet::of, RULE_SETS).orElse(null),
                costs());
    }

    private Symbol symbol() {
        var name = fields.has("symbol") ? fields.text("symbol") : SYMBOL;
        // What may be configured is told by the rules; this only keeps what can be no name away from them.
        if (name != null && !name.isBlank() && name.length() <= Symbol.NAME_LENGTH_MAX) {
            return new Symbol(name);
        }
        if (name != null) {
            fields.refuse(new FieldError(
                    "symbol", Code.INVALID_FORMAT, "symbol must be a name such as " + SYMBOL, null, null));
        }
        return new Symbol(SYMBOL);
    }

    private <T> Optional<T> oneOf(String name, Function<String, Optional<T>> find, List<String> known) {
        var text = fields.text(name);
        if (text == null) {
            return Optional.empty();
        }
        var found = find.apply(text);
        if (found.isEmpty()) {
            var message = name + " must be one of " + String.join(", ", known);
            fields.refuse(new FieldError(name, Code.INVALID_VALUE, message, Allowed.oneOf(known), null));
        }
        return found;
    }

    private Map<String, @Nullable Object> overrides() {
        return switch (body.get("parameter_overrides")) {
            case null -> Map.of();
            case Map<?, ?> map -> {
                var overrides = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, value) -> overrides.put(String.valueOf(name), value));
                yield overrides;
            }
            default -> {
                fields.refuse(new FieldError(
                        "parameter_overrides", Code.INVALID_TYPE, "parameter_overrides must be an object", null, null));
                yield Map.of();
            }
        };
    }

    private Costs costs() {
        return new Costs(share("fee"), share("slippage"));
    }

    private double share(String name) {
        var value = body.get(name);
        if (value == null) {
            return 0;
        }
        var isNumber = value instanceof Number;
        var number = LooseValues.toNumber(value);
        var within = number == null ? Double.NaN : Math.clamp(number.doubleValue(), 0, Costs.SHARE_MAX);
        if (isNumber && number != null && within == number.doubleValue()) {
            return within;
        }
        var code = isNumber ? Code.OUT_OF_RANGE : Code.INVALID_TYPE;
        var message = name + " must be a share from 0 to " + Costs.SHARE_MAX + ", e.g. 0.001 for 0.1 %";
        var suggestion = number == null ? null : (Object) within;
        fields.refuse(new FieldError(name, code, message, Allowed.range(0, Costs.SHARE_MAX), suggestion));
        return 0;
    }

    /** A time without an offset is in UTC, as the Python bot read it. */
    private Instant time(String name, String secondName) {
        var given = fields.has(name) || !fields.has(secondName) ? name : secondName;
        if (given.equals(name) && fields.has(secondName)) {
            fields.refuse(new FieldError(
                    secondName, Code.CONFLICT, secondName + " is another name of " + name + "; give one", null, null));
        }
        var text = fields.has(given) ? fields.text(given) : fields.required(given, "");
        if (text == null || text.isEmpty()) {
            return EARLIEST;
        }
        var time = parsed(text);
        if (time.isEmpty()) {
            var message = given + " must be an ISO-8601 time, e.g. 2026-02-03T04:00:00Z";
            fields.refuse(new FieldError(given, Code.INVALID_FORMAT, message, null, null));
        }
        return time.orElse(EARLIEST);
    }

    private static Optional<Instant> parsed(String text) {
        try {
            var format = text.contains("T") ? DateTimeFormatter.ISO_DATE_TIME : DateTimeFormatter.ISO_DATE;
            var time = instant(format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
            return Optional.of(time).filter(found -> !found.isBefore(EARLIEST) && !found.isAfter(LATEST));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor time) {
        return switch (time) {
            case OffsetDateTime withOffset -> withOffset.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> throw new IllegalStateException("not asked for: " + time.getClass());
        };
    }
}
