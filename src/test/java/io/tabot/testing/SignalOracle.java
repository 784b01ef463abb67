package io.tabot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.AppConfig;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import io.tabot.config.WholeConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.signal.SignalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules and the engine alone say that a service has to send, in the form in which it sends it. */
public final class SignalOracle {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VIEW = 250;
    private static final int LONG_VIEW = 300;

    private final SignalEngine engine;

    public SignalOracle(String environment) {
        this.engine = new SignalEngine(environment);
    }

    /** The state after a first start. */
    public static ConfigState first(String environment, List<String> symbols, List<String> timeframes) {
        var defaults = AppConfig.defaults(Events.CATALOG, symbols, timeframes);
        var first = new WholeConfig(defaults.toDocument().fields(), Map.of());
        return after(
                ConfigState.empty(environment),
                new ConfigCommand.Initialize(first, defaults, Events.first().meta()));
    }

    /** The state after a change of some fields of the application document. */
    public static ConfigState after(ConfigState state, Map<String, ?> fields) {
        return after(state, Events.application(fields, Events.first().meta()));
    }

    /** The state after a change of the parameters of a strategy, on every symbol where none is named. */
    public static ConfigState after(
            ConfigState state, String strategyId, @Nullable String symbol, Map<String, ?> parameters) {
        var edit = new DocumentEdit.UpdateParameters(strategyId, symbol, Map.copyOf(parameters), Precondition.NONE);
        return after(state, new ConfigCommand.ChangeOne(edit, Events.first().meta()));
    }

    /** The state after the removal of such parameters. */
    public static ConfigState without(ConfigState state, String strategyId, @Nullable String symbol) {
        var edit = new DocumentEdit.DeleteParameters(strategyId, symbol, Precondition.NONE);
        return after(state, new ConfigCommand.ChangeOne(edit, Events.first().meta()));
    }

    /** The signals on the newest of these candles, as JSON without the time of sending. */
    public List<JsonNode> signals(
            Symbol symbol, Timeframe timeframe, CandleColumns candles, int newest, ConfigState state) {
        return engine
                .evaluate(
                        symbol,
                        timeframe,
                        new CandleViews(
                                Windows.of(candles, newest, Math.min(newest + 1, VIEW)),
                                Windows.of(candles, newest, Math.min(newest + 1, LONG_VIEW)),
                                HigherCandles.NONE),
                        state.effective(Events.CATALOG, symbol),
                        Rejections.IGNORED)
                .stream()
                .map(signal -> json(SignalJson.bytes(signal, null)))
                .toList();
    }

    private static ConfigState after(ConfigState state, ConfigCommand command) {
        var outcome = Events.RULES.decide(state, command, List.of(), Events.START.plusSeconds(state.revision()));
        return ((Outcome.Accept) outcome).next();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
