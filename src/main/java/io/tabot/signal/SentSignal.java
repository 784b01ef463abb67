package io.tabot.signal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signal as it went out, read back from its JSON: what it is looked up by, and the text itself. Only our own are
 * read: the intent id proves the environment, which the text does not name.
 *
 * @param sentAt when it was published
 * @param metadata what it says about itself, as JSON
 * @param json what was published, to the byte
 */
public record SentSignal(
        String intentId,
        String environment,
        String strategyId,
        Symbol symbol,
        Timeframe timeframe,
        Instant openTime,
        Action action,
        Instant sentAt,
        Values values,
        String metadata,
        String json) {

    /** The figures of a signal, and the configuration that it was decided under. */
    public record Values(
            double confidence,
            double price,
            double currentPrice,
            @Nullable Double stopLoss,
            @Nullable Double takeProfit,
            @Nullable Long configRevision,
            @Nullable String parametersHash,
            @Nullable String windowHash) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing when it is not a signal of this environment; others may publish on the same subjects. */
    public static Optional<SentSignal> read(String environment, byte[] body) {
        return unchecked(environment, body).filter(SentSignal::isOurs);
    }

    /** Of whoever says so: for what was not read from a place that others write to. */
    public static Optional<SentSignal> unchecked(String environment, byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json != null && json.isObject() ? read(environment, json, body) : Optional.empty();
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes at hand can be read", e);
        }
    }

    private static Optional<SentSignal> read(String environment, JsonNode json, byte[] body) {
        var timeframe = Timeframe.of(json.path("timeframe").asText());
        var action = action(json.path("action").asText());
        var openTime = json.path("metadata").path("open_time").asText();
        var sentAt = json.path("timestamp").asText();
        if (timeframe.isEmpty() || action.isEmpty() || openTime.isEmpty() || sentAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SentSignal(
                json.path("intent_id").asText(),
                environment,
                json.path("strategy_id").asText(),
                new Symbol(json.path("symbol").asText()),
                timeframe.get(),
                Instant.parse(openTime),
                action.get(),
                Instant.parse(sentAt),
                values(json),
                json.path("metadata").toString(),
                new String(body, StandardCharsets.UTF_8)));
    }

    /** The action as it is spelled in the text. */
    public String actionId() {
        return id(action);
    }

    static String id(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private boolean isOurs() {
        return intentId.equals(SignalIdentity.intentId(
                environment, strategyId, symbol.name(), timeframe.id(), openTime.toEpochMilli()));
    }

    private static Values values(JsonNode json) {
        var metadata = json.path("metadata");
        return new Values(
                json.path("confidence").asDouble(),
                json.path("price").asDouble(),
                json.path("current_price").asDouble(),
                number(json.path("stop_loss")),
                number(json.path("take_profit")),
                metadata.path("config_revision").isIntegralNumber()
                        ? Long.valueOf(metadata.path("config_revision").longValue())
                        : null,
                metadata.path("parameters_hash").textValue(),
                metadata.path("window_hash").textValue());
    }

    private static @Nullable Double number(JsonNode value) {
        return value.isNumber() ? Double.valueOf(value.doubleValue()) : null;
    }

    private static Optional<Action> action(String id) {
        return Arrays.stream(Action.values())
                .filter(action -> id(action).equals(id))
                .findFirst();
    }
}
